import { clause } from '../core/clause';
import { and, before, bound, exists, isIn, missing, notAfter, now, ofMember, or, row, type Predicate } from '../core/predicate';

const inForce = and(ofMember, notAfter(row('since'), now), or(missing(row('ended_at')), before(now, row('ended_at'))));

/** The member asked to be reached in one way only. */
export const choseAWay: Predicate = exists('confidential_communication', inForce);
/** … and the request names this caller. Recipient rows go with their communication. */
export const namesCaller: Predicate = exists('confidential_recipient', and(ofMember, isIn(row('recipient'), bound('callerKeys'))));

/** Notice: "Right to Receive Confidential Communications". */
export const confidentialCommunications = clause({
  id: 'confidential-communications',
  title: 'Right to Receive Confidential Communications',
  citation: '45 CFR 164.522(b)*',
  summary: 'Once the member chose a way to be reached, staff and associates see that way alone, and others outside nothing unless the request names them.',
  purposes: [],
  reading: 'The privacy office and the member see both. No reason is asked.',
});
