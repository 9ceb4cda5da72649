import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { selectRows, updateRows } from '../entities/rows';
import { tableNamed } from '../entities/tables';
import { practitioner } from '../entities/tables/directory';
import { privacy_request } from '../entities/tables/privacy';
import { RECORD_TYPES } from '../vocabulary/records';
import { findRecords } from './find-record';
import type { Office } from './office';
import { detailOf, fileRow, privacyRequestOf, type PrivacyRequest } from './requests';
import { notFound } from './standing';
import { LONGEST, badInput, conflict, requireText } from './validate';
import { write } from './write';

/** On whose finding the record was withheld, by professional. */
async function withheldBy(manager: EntityManager, memberId: string, recordId: string): Promise<unknown[]> {
  const denials = await selectRows(manager, privacy_request, { member_id: memberId, kind: 'ACCESS', status: 'DENIED', subject_id: recordId });
  return denials.map((each) => detailOf(each)['professional']);
}

/**
 * The review of a withholding overturns it (164.524(a)(4), (d)(4)): another licensed professional, who took no part in the denial, found that
 * the member may see the record. It is open from the next request on; flagged where the reviewer is not known here.
 * @throws NOT_FOUND, BAD_USER_INPUT (the reviewer had it withheld), CONFLICT where the record is not withheld
 */
export function liftWithholding(office: Office, caller: Caller, args: { recordId: string; finding: string; professionalId: string }): Promise<PrivacyRequest> {
  const memberId = async (manager: EntityManager): Promise<string | null> => (await findRecords(manager, args.recordId))[0]?.member_id ?? null;
  return write(office, caller, { mutation: 'liftWithholding', memberId, argument: 'recordId', clause: 'access' }, async ({ manager, standing }) => {
    const finding = requireText(args.finding, 'finding');
    const reviewer = requireText(args.professionalId, 'professionalId', LONGEST.id);
    const [record] = await findRecords(manager, args.recordId);
    if (!record || record.member_id !== standing.member.id) throw notFound('recordId');
    const key = { member_id: record.member_id, id: record.id };
    const table = tableNamed(RECORD_TYPES[record.type].table);
    const [row] = await selectRows(manager, table, key, { lock: true });
    if (row?.['withheld'] !== 1) throw conflict('The record is not withheld');
    if ((await withheldBy(manager, key.member_id, key.id)).includes(reviewer)) throw badInput('professionalId', 'must be another professional than the one on whose finding it is withheld');
    await updateRows(manager, table, key, { withheld: 0, changed_at: caller.at });
    const known = (await selectRows(manager, practitioner, { id: reviewer })).length > 0;
    const request = await fileRow(manager, caller, { authentic: true, channel: 'SUPPORT', requestedBy: caller.subject }, {
      kind: 'ACCESS', memberId: record.member_id, status: 'COMPLETED', dueAt: null, subjectId: record.id, detail: { finding, professional: reviewer, recordType: record.type },
      summary: 'One record that was withheld is open to access: another licensed professional reviewed the denial (45 CFR 164.524(a)(4)).',
    });
    return { result: privacyRequestOf(request), flagged: !known };
  });
}
