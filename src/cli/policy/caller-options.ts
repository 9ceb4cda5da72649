import { InvalidArgumentError, Option, type Command } from 'commander';
import type { StatedCaller } from '../../policy/explain';
import { isPurpose, type Purpose } from '../../vocabulary/purposes';
import { ROLES, type Role } from '../../vocabulary/roles';

export interface CallerOptions { role: Role; subject: string; organization?: string; practitioner?: string; purpose: Purpose; member?: string; grant?: string; asOf?: string; view: 'officer' | 'auditor' }

export function purposeOf(text: string): Purpose {
  if (!isPurpose(text)) throw new InvalidArgumentError('expected a code of HL7 PurposeOfUse, such as TREAT.');
  return text;
}
/** A day or an instant with its zone, as stored. */
export function instant(text: string): string {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text) || Number.isNaN(Date.parse(text))) throw new InvalidArgumentError('expected YYYY-MM-DD or an instant with its zone.');
  return new Date(text).toISOString();
}
export const asOfOption = (): Option => new Option('--as-of <instant>', 'at which instant; now if left out').argParser(instant);
const purposeOption = (): Option => new Option('--purpose <code>', 'why they ask').argParser(purposeOf);

/** The flags by which every command states a caller (interface: "Command line"). */
export const withCaller = (command: Command): Command => command
  .addOption(new Option('--role <role>', 'who asks').choices(ROLES).makeOptionMandatory())
  .addOption(purposeOption().makeOptionMandatory())
  .option('--subject <id>', 'sub of their token', 'somebody')
  .option('--organization <id>', 'their organization')
  .option('--practitioner <id>', 'the FHIR Practitioner that they are')
  .option('--member <id>', 'the member that a MEMBER is')
  .option('--grant <id>', 'the grant that they read under')
  .addOption(asOfOption())
  .addOption(new Option('--view <view>', 'who reads the answer: an auditor writes and sees pseudonyms').choices(['officer', 'auditor']).default('officer'));

export const statedBy = ({ role, subject, organization, practitioner, purpose, member, grant, asOf }: CallerOptions): StatedCaller => ({
  role, subject, purpose, organizationId: organization ?? null, practitionerId: practitioner ?? null, memberIds: member === undefined ? null : [member], grantId: grant ?? null, asOf: asOf ?? null,
});
