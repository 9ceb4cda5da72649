import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { organization } from '../entities/tables/directory';
import { agreement } from '../entities/tables/privacy';
import { categoriesOfCell } from '../permissions/minimum-necessary';
import { categoriesOf, categoryMask, type Category } from '../vocabulary/categories';
import { purposeCovers, type Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import { authorizeCall, type MutationName } from './authorize-call';
import type { Office } from './office';
import { notFound } from './standing';
import { inTransaction } from './transaction';
import { LONGEST, badInput, conflict, requirePast, requirePeriod, requireSome, requireText } from './validate';

export type AgreementKind = 'BUSINESS_ASSOCIATE' | 'PLAN_SERVICES';
export interface AgreementInput {
  readonly organizationId: string; readonly kind: AgreementKind; readonly purposes: readonly Purpose[]; readonly categories: readonly Category[];
  readonly remunerated?: boolean | null; readonly start: string; readonly end?: string | null; readonly signedAt: string;
}
type AgreementRow = Row<typeof agreement>;
/** As `Agreement` of the schema. */
export interface AgreementResult {
  id: string; organizationId: string; kind: AgreementKind; purposes: Purpose[]; categories: Category[]; start: string; end: string | null; active: boolean;
}

export const isAgreementInForce = (row: Pick<AgreementRow, 'start_at' | 'end_at' | 'ended_at'>, at: string): boolean =>
  row.start_at <= at && (row.end_at === null || at < row.end_at) && (row.ended_at === null || at < row.ended_at);

const resultOf = (row: AgreementRow, at: string): AgreementResult => ({
  id: row.id, organizationId: row.organization_id, kind: row.kind as AgreementKind, purposes: JSON.parse(row.purposes) as Purpose[],
  categories: categoriesOf(row.category_mask), start: row.start_at, end: row.end_at, active: isAgreementInForce(row, at),
});

/** Writes about an organization: no member is touched, so there is no standing to have. */
async function writeAgreement(office: Office, caller: Caller, mutation: MutationName, work: (manager: EntityManager) => Promise<AgreementRow>): Promise<AgreementResult> {
  authorizeCall(caller, mutation);
  return inTransaction(office.source, async (manager) => {
    const row = await work(manager);
    await office.audit?.(manager, {
      mutation, clause: row.kind === 'PLAN_SERVICES' ? 'plan-administration' : 'business-associates', memberIds: [], outcome: 'DONE', flagged: false, reason: null,
    });
    return resultOf(row, caller.at);
  });
}

/** Notice, "Business Associates" (164.504(e)). @throws BAD_USER_INPUT for what lists more than policy section 3 allows */
export function recordAgreement(office: Office, caller: Caller, { input }: { input: AgreementInput }): Promise<AgreementResult> {
  return writeAgreement(office, caller, 'recordAgreement', async (manager) => {
    const organizationId = requireText(input.organizationId, 'input.organizationId', LONGEST.id);
    const purposes = requireSome(input.purposes, 'input.purposes');
    requirePast(input.signedAt, caller.at, 'input.signedAt');
    requirePeriod(input.start, input.end ?? null, 'input.end');
    const [known] = await selectRows(manager, organization, { id: organizationId });
    checkCells(input.kind === 'PLAN_SERVICES' && known?.kind === 'HEALTH_PLAN' ? 'HEALTH_PLAN' : 'BUSINESS_ASSOCIATE', purposes, input.categories);
    const row: AgreementRow = {
      organization_id: organizationId, id: randomUUID(), kind: input.kind, purposes: JSON.stringify(purposes), category_mask: categoryMask(input.categories),
      remunerated: input.remunerated === true ? 1 : 0, start_at: input.start, end_at: input.end ?? null, signed_at: input.signedAt, ended_at: null,
      recorded_by: caller.subject,
    };
    await insertRows(manager, agreement, [row]);
    return row;
  });
}

/** The one list serves each purpose with the part that the purpose's cell allows, so it must lie within the cells together. */
function checkCells(role: Role, purposes: readonly Purpose[], categories: readonly Category[]): void {
  const foreign = purposes.some((each) => !purposeCovers('HPAYMT', each) && !purposeCovers('HOPERAT', each));
  if (foreign || purposes.some((each) => categoriesOfCell(role, each).length === 0)) throw badInput('input.purposes', 'an agreement is for payment and operations');
  const allowed = purposes.flatMap((each) => categoriesOfCell(role, each));
  if (!requireSome(categories, 'input.categories').every((each) => allowed.includes(each))) throw badInput('input.categories', 'lists more than the purposes allow');
}

/** The organization reads nothing under it from now on. @throws CONFLICT when it was ended before */
export function endAgreement(office: Office, caller: Caller, { id }: { id: string }): Promise<AgreementResult> {
  return writeAgreement(office, caller, 'endAgreement', async (manager) => {
    const [row] = await selectRows(manager, agreement, { id }, { lock: true });
    if (!row) throw notFound('id');
    if (row.ended_at !== null) throw conflict('The agreement was ended before');
    const set = { ended_at: caller.at, end_at: row.end_at !== null && row.end_at < caller.at ? row.end_at : caller.at };
    await updateRows(manager, agreement, { organization_id: row.organization_id, id }, set);
    return { ...row, ...set };
  });
}
