import { cellGroups, memberCell } from '../query/plan/cells';
import type { CellKind } from '../permissions/core/predicate';
import { connectionType, LED_BY } from '../query/plan/verdicts';
import { fieldBit, fieldsOf } from '../vocabulary/fields';
import { isRecordType, type RecordType } from '../vocabulary/records';

/** What a coordinate is to the policy: the cells that open it (any of them), and the bits by which a restriction hides it. */
export interface CellsAt {
  /** The record type whose rows it stands on; null for what is the member's own. */
  readonly record: RecordType | null;
  readonly cells: readonly CellAt[];
  /** The types and bits of restrictions: hidden where one bit is hidden, or, of a whole record, where all are. */
  readonly restrictedBy: readonly { readonly type: string; readonly bits: number }[];
}
export interface CellAt { readonly cell: CellKind; readonly bits: number }

/** What stands below `Member.privacy` is decided by it. */
const BELOW_PRIVACY = ['MemberPrivacy', 'HieOptOut', 'Authorization', 'Recipient', 'Restriction', 'ConfidentialCommunication', 'Representation', 'PrivacyRequest'];
/** The key of a member goes wherever the member is reached. */
export const MEMBER_KEY = 'Member.id';

function ofRecord(type: RecordType, field: string | null): CellsAt {
  const groups = cellGroups(type);
  const own = field === null ? undefined : groups.find((each) => each.fields.includes(field));
  const cells = own && field !== null ? [{ cell: own.cell, bits: fieldBit(type, field) }] : groups.map(({ cell, bits }) => ({ cell, bits }));
  return { record: type, cells, restrictedBy: [] };
}

function ofMember(field: string, ...parts: readonly (readonly [type: string, field: string])[]): CellsAt {
  const restrictedBy = [['Member', field] as const, ...parts].map(([type, name]) => ({ type, bits: fieldBit(type, name) })).filter((each) => each.bits !== 0);
  return { record: null, cells: [{ cell: memberCell(field), bits: fieldBit('Member', field) }], restrictedBy };
}

/** The cells of a schema coordinate; null for what is no cell of a member or a record (public fields, roots, `Code.system`). */
export function cellsAt(coordinate: string): CellsAt | null {
  const [type = '', field = ''] = coordinate.split('.');
  if (isRecordType(type)) return ofRecord(type, fieldsOf(type).includes(field) ? field : null);
  if (coordinate === MEMBER_KEY) return { record: null, cells: [], restrictedBy: [] };
  if (type === 'Member') {
    const connection = connectionType(field);
    if (connection) return ofRecord(connection, null);
    return fieldsOf('Member').includes(field) ? ofMember(field) : null;
  }
  if (BELOW_PRIVACY.includes(type)) return ofMember('privacy');
  const led = LED_BY[type];
  if (!led) return null;
  return type === 'Address' ? ofMember(led, ['Contact', 'addresses'], [type, field]) : ofMember(led, [type, field]);
}
