// The three operations of docs/PERFORMANCE.md, and the callers that ask them.
module.exports = {
  Q1: {
    token: { role: 'NURSE', purposes: ['TREAT'], subject: 'bench-nurse', organization: 'org-phi', practitioner: 'prac-1' }, members: 'panel',
    query: 'query Q1($id: ID!) { member(id: $id) { id memberNumber name { given family text } birthDate gender medications { nodes { id code { system code display } status dosage startedAt labels } } conditions { nodes { id code { system code display } status onsetAt labels } } careGaps { nodes { id measure status dueAt } } } }',
  },
  Q2: {
    token: { role: 'NURSE', purposes: ['TREAT'], subject: 'bench-nurse', organization: 'org-phi', practitioner: 'prac-1' },
    query: '{ members(first: 50) { nodes { id memberNumber name { given family } birthDate medications { nodes { id code { code display } status dosage startedAt } } conditions { nodes { id code { code display } status onsetAt } } } pageInfo { hasNextPage endCursor } } }',
  },
  Q3: {
    token: { role: 'HEALTH_PLAN', purposes: ['CAREMGT'], subject: 'bench-plan', organization: 'org-plan' },
    query: '{ members(first: 200) { nodes { id memberNumber name { given family } birthDate medications { nodes { id code { code display } status dosage startedAt } } careGaps { nodes { id measure status dueAt } } } pageInfo { hasNextPage endCursor } } }',
  },
};
