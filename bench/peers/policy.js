// The policy of these operations' two callers as most teams would write it in their own code: loaded rows are looked at one by one.
const now = () => new Date().toISOString();
const inForce = (row, at) => row.start_at <= at && (row.end_at === null || row.end_at > at);
const NURSE = { role: 'NURSE', recipients: ['role:NURSE', 'sub:bench-nurse', 'org:org-phi'], purposes: ['TREAT'], need: 2, never: 256 };
const PLAN = { role: 'HEALTH_PLAN', recipients: ['role:HEALTH_PLAN', 'sub:bench-plan', 'org:org-plan'], purposes: ['CAREMGT', 'HOPERAT'], need: -1, never: 0, plan: 'org-plan' };
/** Q1 and Q2 are a nurse's, Q3 is a plan's: told by a header, since none of the peers verifies a token. */
const callerOf = (operation) => (operation === 'Q3' ? PLAN : NURSE);

function isVisible(row, type, caller, { authorizations, restrictions, coverages }) {
  const at = now();
  if (row.labelled !== 1 || row.governed_by !== 'NOTICE' || (row.labels & caller.never) !== 0) return false;
  if (caller.plan && !coverages.some((each) => each.plan_id === caller.plan && each.start_at <= row.record_date && (each.end_at === null || row.record_date < each.end_at))) return false;
  const cover = authorizations.filter((each) => caller.recipients.includes(each.recipient) && caller.purposes.includes(each.purpose) && inForce(each, at)).reduce((mask, each) => mask | each.class_mask, 0);
  if ((row.labels & caller.need & ~cover) !== 0) return false;
  const isNarrowed = (each) => (each.class_mask === 0 || (each.class_mask & row.labels) !== 0) && (each.encounter_id === null || each.encounter_id === row.encounter_id) && (each.record_id === null || each.record_id === row.id)
    && (each.recorded_before === null || row.recorded_at === null || row.recorded_at < each.recorded_before);
  return !restrictions.some((each) => each.type === type && ['*', ...caller.recipients].includes(each.recipient) && ['*', ...caller.purposes].includes(each.purpose) && inForce(each, at) && isNarrowed(each));
}
module.exports = { callerOf, inForce, isVisible, now };
