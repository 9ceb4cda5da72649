import type { EntityManager } from 'typeorm';
import { selectRows } from '../entities/rows';
import { privacy_request, restriction } from '../entities/tables/privacy';
import { dueAt } from './due';
import type { Office } from './office';
import { detailOf, fileTask } from './requests';
import { paymentIsInDoubt } from './restriction-reach';

/**
 * Where a claim now shows that what a restriction calls paid in full was not (the payment was reversed, or the plan paid), the office is told to
 * ask the member; the restriction binds until it is ended by `endRestriction` (policy section 6). Asked once, until that is settled. To be called
 * in the transaction that changed the members' claims.
 */
export async function askAboutReversedPayments(manager: EntityManager, office: Pick<Office, 'stateDueDays'>, memberIds: readonly string[], at: string): Promise<void> {
  const binding = memberIds.length === 0 ? [] : await selectRows(manager, restriction, { member_id: memberIds, kind: 'PAID_IN_FULL', status: 'ACCEPTED', ended_at: null });
  for (const row of binding) {
    if (!await paymentIsInDoubt(manager, row) || await isAsked(manager, row.id)) continue;
    await fileTask(manager, at, {
      kind: 'RESTRICTION', memberId: row.member_id, subjectId: row.id, dueAt: dueAt(office, 'RESTRICTION', at, null), detail: { question: 'REVERSED_PAYMENT' },
      summary: 'A claim no longer shows what was paid in full. Ask the member: they pay again, or the restriction is ended (endRestriction); until then it binds.',
    });
  }
}

async function isAsked(manager: EntityManager, restrictionId: string): Promise<boolean> {
  const open = await selectRows(manager, privacy_request, { kind: 'RESTRICTION', subject_id: restrictionId, status: 'RECEIVED' });
  return open.some((each) => detailOf(each)['question'] === 'REVERSED_PAYMENT');
}
