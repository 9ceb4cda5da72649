import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabases, type TestDatabase } from '../support/databases';
import { CELLS, FIELDS, MAY_BE_ABSENT, WORDS } from './support/cells';
import { everyMember, everyOther, oneMember, textsOf } from './support/everything';
import { at, codeOf, dataOf, listAt, serve, type Asker, type Served } from './support/gateway';

/** What each role is answered first: the README's query, then everything there is, over the sample members as they are imported. */
const ROOT = join(__dirname, '../..');
const MEMBERS = 24;
const FIRST_QUERY = '{ member(id: "m-0001") { name { given family } conditions { nodes { code { display } labels } } careGaps { nodes { measure status } } documents { nodes { title } } governmentIds { kind value } } }';

const inside = { organization: 'org-phi' };
const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer', ...inside };
const ASKERS: readonly Asker[] = [
  { role: 'PHARMACIST', purposes: ['TREAT'], practitioner: 'prac-pharmacist-1', ...inside },
  { role: 'NURSE', purposes: ['TREAT'], practitioner: 'prac-nurse-1', ...inside },
  { role: 'HEALTHCARE_PROFESSIONAL', purposes: ['TREAT'], practitioner: 'prac-physician-1', ...inside },
  { role: 'WORKFORCE', purposes: ['HPAYMT'], ...inside }, { role: 'WORKFORCE', purposes: ['HOPERAT'], ...inside },
  { role: 'EXTERNAL_PROVIDER', purposes: ['TREAT'], practitioner: 'prac-gp-1', organization: 'org-clinic' },
  { role: 'EXTERNAL_PROVIDER', purposes: ['HPAYMT'], practitioner: 'prac-gp-1', organization: 'org-clinic' },
  { role: 'BUSINESS_ASSOCIATE', purposes: ['HPAYMT'], organization: 'org-billing' }, { role: 'BUSINESS_ASSOCIATE', purposes: ['HOPERAT'], organization: 'org-billing' },
  ...(['org-plan-a', 'org-plan-b'] as const).flatMap((organization): Asker[] => (['HPAYMT', 'HOPERAT', 'CAREMGT'] as const).map((purpose) => ({ role: 'HEALTH_PLAN', purposes: [purpose], organization }))),
  ...(['TREAT', 'HPAYMT', 'HOPERAT'] as const).map((purpose): Asker => ({ role: 'HIE_PARTICIPANT', purposes: [purpose], organization: 'org-hie' })),
  { role: 'MEMBER', purposes: ['PATRQT'], member: 'm-0001', subject: 'm-0001' },
  { role: 'PERSONAL_REPRESENTATIVE', purposes: ['PWATRNY'], subject: 'proxy' },
  officer,
];
const nameOf = ({ role, purposes, organization }: Asker): string => `${role} ${purposes[0] ?? ''}${role === 'HEALTH_PLAN' ? ` of ${organization ?? ''}` : ''}`;
const cellOf = ({ role, purposes }: Asker): string[] => (CELLS[`${role} ${purposes[0] ?? ''}`] ?? '').split(' ');

/** Who may see words of a class of whom: the records' own (policy section 5) and what the sample members signed (samples/README.md). */
function mayTell(asker: Asker, kind: string, member: string): boolean {
  const [purpose] = asker.purposes;
  if (asker.role === 'MEMBER') return kind !== 'PSYTHPN';
  if (kind === 'PSYTHPN') return false;
  // The representation of the test excludes abuse, and the default of a grown-up is that.
  if (asker.role === 'PERSONAL_REPRESENTATIVE') return kind !== 'SDV';
  if (kind === 'SUD' && member === 'm-0002' && asker.organization === 'org-phi') return true;
  if (kind === 'HIV' && member === 'm-0012' && asker.organization === 'org-plan-a' && purpose !== 'HOPERAT') return true;
  const insider = ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'WORKFORCE'].includes(asker.role);
  if (insider && purpose === 'TREAT') return true;
  return insider && kind === 'SEX';
}

describe.each(testDatabases())('the first queries of every role, $name', ({ create }) => {
  let served: Served;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await create();
    served = await serve(database, { paths: [join(ROOT, 'samples')] });
    expect(served.imported.broken).toEqual([]);
    const agree = 'mutation ($input: AgreementInput!) { recordAgreement(input: $input) { active } }';
    const agreement = { organizationId: 'org-billing', kind: 'BUSINESS_ASSOCIATE', purposes: ['HPAYMT', 'HOPERAT'], categories: ['IDENTITY', 'FINANCIAL', 'CLINICAL'], start: '2025-01-01T00:00:00.000Z', signedAt: '2025-01-01T00:00:00.000Z' };
    dataOf(await served.ask(officer, agree, { input: agreement }), 'recordAgreement.active');
    for (const member of ['m-0001', 'm-0005'])
      dataOf(await served.ask(officer, 'mutation ($member: ID!) { recordRepresentation(memberId: $member, input: { subject: "proxy", kind: HEALTH_CARE_POA }) { id } }', { member }), 'recordRepresentation.id');
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
  });

  describe('the README\'s query', () => {
    it('the nurse treats: everything but government ids, which nobody but the member sees', async () => {
      const answer = await served.ask(ASKERS[1] as Asker, FIRST_QUERY);
      const member = dataOf(answer, 'member');
      expect(at(member, 'name.family')).toBe('Oxenquill');
      expect(textsOf(at(member, 'conditions'))).toMatch(WORDS.HIV ?? /^$/);
      expect(listAt(member, 'careGaps.nodes')).toHaveLength(3);
      expect(listAt(member, 'documents.nodes').length).toBeGreaterThan(3);
      expect(at(member, 'governmentIds')).toBeNull();
      expect(answer.privacy).toMatchObject({ purposeOfUse: 'TREAT', withheld: [{ coordinate: 'Member.governmentIds', reason: 'MINIMUM_NECESSARY', clause: 'treatment' }] });
    });
    it('the plan manages care: no word of HIV in any row, notes and ids null with their lines', async () => {
      const answer = await served.ask({ role: 'HEALTH_PLAN', purposes: ['CAREMGT'], organization: 'org-plan-a' }, FIRST_QUERY);
      const member = dataOf(answer, 'member');
      expect(textsOf(member)).not.toMatch(WORDS.HIV ?? /^$/);
      expect(listAt(member, 'conditions.nodes')).toHaveLength(3);
      expect(listAt(member, 'careGaps.nodes')).toHaveLength(2);
      expect([at(member, 'documents'), at(member, 'governmentIds')]).toEqual([null, null]);
      expect(answer.privacy.withheld.map((each) => each.coordinate).sort()).toEqual(['Member.documents', 'Member.governmentIds']);
    });
    it('is answered as the README prints it', async () => {
      const printed = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].slice(0, 2).map((each) => JSON.parse(each[1] ?? '') as { data: unknown; extensions: { privacy: object } });
      for (const [index, asker] of [ASKERS[1] as Asker, { role: 'HEALTH_PLAN', purposes: ['CAREMGT'], organization: 'org-plan-a' } as Asker].entries()) {
        const { data, privacy } = await served.ask(asker, FIRST_QUERY);
        expect({ data, extensions: { privacy: { ...privacy, auditId: '' } } }).toEqual({ ...printed[index], extensions: { privacy: { ...printed[index]?.extensions.privacy, auditId: '' } } });
      }
    });
    it.each(ASKERS.map((each) => [nameOf(each), each] as const))('%s', async (_name, asker) => {
      const answer = await served.ask(asker, FIRST_QUERY);
      const member = dataOf(answer, 'member');
      const withheld = answer.privacy.withheld.map((each) => each.coordinate);
      for (const field of ['name', 'conditions', 'careGaps', 'documents', 'governmentIds']) {
        const open = cellOf(asker).includes(FIELDS[field] ?? '');
        if (asker.role === 'PHARMACIST' && field === 'documents') continue;
        // A member out of reach has no fields at all, and the line is told all the same.
        if (member !== null) expect([field, at(member, field) !== null]).toEqual([field, open]);
        expect([field, withheld.includes(`Member.${field}`)]).toEqual([field, !open]);
      }
    });
    it('an auditor and a recipient without a grant are told so', async () => {
      const auditor = await served.ask({ role: 'AUDITOR', purposes: ['HCOMPL'] }, FIRST_QUERY);
      expect([auditor.status, codeOf(auditor), auditor.data ?? null]).toEqual([403, 'FORBIDDEN', null]);
      const recipient = await served.ask({ role: 'DISCLOSURE_RECIPIENT', purposes: ['PUBHLTH'] }, FIRST_QUERY);
      expect([recipient.status, at(recipient.data, 'member')]).toEqual([200, null]);
    });
  });

  describe('everything', () => {
    it.each(ASKERS.map((each) => [nameOf(each), each] as const))('%s: the cell of policy section 3, and not one word more', async (_name, asker) => {
      const { schema } = served.assembled.decided;
      const answer = await served.ask(asker, everyMember(schema, MEMBERS));
      const members = listAt({ found: dataOf(answer, 'members') }, 'found.nodes') as Record<string, unknown>[];
      const cell = cellOf(asker);
      const withheld = new Set(answer.privacy.withheld.map((each) => each.coordinate));
      for (const [field, category] of Object.entries(FIELDS)) {
        const open = cell.includes(category);
        expect([field, withheld.has(`Member.${field}`)]).toEqual([field, !open]);
        for (const member of members) {
          if (!open) expect([field, member[field]]).toEqual([field, null]);
          else if (!MAY_BE_ABSENT.includes(field)) expect([field, member[field] === null]).toEqual([field, false]);
        }
      }
      // What a member signed names classes by their codes: the privacy office's own, and no record.
      for (const member of asker.role === 'PRIVACY_OFFICER' ? members.map((each) => ({ ...each, privacy: null })) : members)
        for (const [kind, words] of Object.entries(WORDS))
          if (!mayTell(asker, kind, String(at(member, 'id')))) expect([at(member, 'id'), kind, words.exec(textsOf(member))?.[0] ?? null]).toEqual([at(member, 'id'), kind, null]);
      if (asker.role === 'HIE_PARTICIPANT') expect(members.map((each) => each.id)).not.toContain('m-0011');
    });
    it.each(ASKERS.map((each) => [nameOf(each), each] as const))('%s: the lists and reports beside the members', async (_name, asker) => {
      const { schema } = served.assembled.decided;
      for (const [root, category] of [['careGaps', 'CARE_MANAGEMENT'], ['claims', 'FINANCIAL']] as const) {
        const answer = await served.ask(asker, everyOther(schema, root));
        if (!cellOf(asker).includes(category) && asker.role !== 'BUSINESS_ASSOCIATE') { expect([root, codeOf(answer), answer.status]).toEqual([root, 'FORBIDDEN', 403]); continue; }
        for (const node of listAt(answer.data, `${root}.nodes`) as Record<string, unknown>[])
          for (const [kind, words] of Object.entries(WORDS))
            if (!mayTell(asker, kind, String(node.memberId))) expect([node.id, kind, words.exec(textsOf(node))?.[0] ?? null]).toEqual([node.id, kind, null]);
      }
      const counted = await served.ask(asker, everyOther(schema, 'operations'));
      const counts = ['WORKFORCE', 'HEALTH_PLAN', 'BUSINESS_ASSOCIATE'].includes(asker.role) && asker.purposes[0] !== 'HPAYMT';
      expect([counted.status, codeOf(counted) ?? null]).toEqual(counts ? [200, null] : [403, 'FORBIDDEN']);
      if (asker.role === 'HEALTH_PLAN' || asker.role === 'BUSINESS_ASSOCIATE')
        for (const [kind, words] of Object.entries(WORDS)) if (kind !== 'HIV') expect([kind, words.exec(textsOf(counted.data))?.[0] ?? null]).toEqual([kind, null]);
      const viewer = await served.ask(asker, everyOther(schema, 'viewer'));
      expect(dataOf(viewer, 'viewer')).toMatchObject({ role: asker.role, purposeOfUse: asker.purposes[0] });
      expect([...listAt(viewer.data, 'viewer.categories')].filter((each) => each !== 'ADMINISTRATIVE').sort()).toEqual([...new Set(cellOf(asker))].sort());
      expect(listAt((await served.ask(asker, everyOther(schema, 'notice'))).data, 'notice.clauses').map((each) => at(each, 'id'))).toEqual(expect.arrayContaining(['treatment', 'payment', 'restrictions', 'access']));
    });
    it('the words are there: the members themselves see every one but the psychotherapy note', async () => {
      const { schema } = served.assembled.decided;
      const own: string[] = [];
      for (let number = 1; number <= 12; number += 1) {
        const id = `m-${String(number).padStart(4, '0')}`;
        const answer = await served.ask({ role: 'MEMBER', purposes: ['PATRQT'], member: id, subject: id }, oneMember(schema, id));
        own.push(textsOf(answer.data));
      }
      for (const [kind, words] of Object.entries(WORDS)) expect([kind, words.test(own.join('\n'))]).toEqual([kind, kind !== 'PSYTHPN']);
      const author = await served.ask({ role: 'HEALTHCARE_PROFESSIONAL', purposes: ['TREAT'], practitioner: 'prac-psychologist-1', ...inside }, oneMember(schema, 'm-0004'));
      expect(textsOf(author.data)).toMatch(WORDS.PSYTHPN ?? /^$/);
    });
  });
});
