import type { Pseudonyms } from '../../vocabulary/pseudonyms';
import { canonicalPurpose, PURPOSE_SYSTEM, type Purpose } from '../../vocabulary/purposes';
import { INSIDE } from '../../vocabulary/roles';
import { ACT_CODE_SYSTEM, classesOf, hl7CodesOf } from '../../vocabulary/sensitivity';
import { membersOf, type AuditRow } from '../chain';
import { AGENT, APPLICATION_SERVER, concept, ENTITY, PROFILE, SUBTYPE, SYSTEM, TYPE } from './terms';
import type { Agent, AuditEvent, CodeableConcept, Coding, Detail, Entity, Network, Reference } from './types';

/** How members are told: by pseudonyms, or (null) by their ids; and how the gateway calls itself. */
export interface ExportView { readonly pseudonyms: Pseudonyms | null; readonly site: string }

/** What a record is in BALP's terms. */
interface Pattern { readonly profile: string | null; readonly type: Coding; readonly subtypes: readonly Coding[]; readonly action: AuditEvent['action']; readonly parties: 'DISCLOSURE' | 'DECISION' | 'REQUEST' }

const isDisclosure = (row: AuditRow): boolean =>
  row.kind === 'EXPORT' || (row.kind === 'READ' && (row.grant_id !== null || !([...INSIDE, 'MEMBER', 'PERSONAL_REPRESENTATIVE', 'PRIVACY_OFFICER', 'AUDITOR'] as string[]).includes(row.role)));

function patternOf(row: AuditRow, hasMember: boolean): Pattern {
  if (canonicalPurpose(row.purpose as Purpose) === 'ETREAT') return { profile: null, type: TYPE.alert, subtypes: [SUBTYPE.override, SUBTYPE.byRole], action: 'E', parties: 'DECISION' };
  if (row.outcome === 'DENY') return { profile: null, type: TYPE.alert, subtypes: [SUBTYPE.byRole], action: 'E', parties: 'DECISION' };
  if (hasMember && isDisclosure(row)) return { profile: PROFILE.disclosure, type: TYPE.export, subtypes: [SUBTYPE.disclose], action: 'R', parties: 'DISCLOSURE' };
  if (row.kind === 'IMPORT') return { profile: null, type: TYPE.import, subtypes: [], action: 'C', parties: 'REQUEST' };
  if (row.kind === 'WRITE' || row.kind === 'BREAK_GLASS_REVIEW') return { profile: null, type: TYPE.rest, subtypes: [SUBTYPE.update], action: 'U', parties: 'REQUEST' };
  if (row.kind === 'INTROSPECTION') return { profile: null, type: TYPE.rest, subtypes: [SUBTYPE.capabilities], action: 'E', parties: 'REQUEST' };
  if (row.kind === 'ADMINISTRATION') return { profile: null, type: TYPE.activity, subtypes: [], action: 'E', parties: 'REQUEST' };
  return { profile: hasMember ? PROFILE.patientQuery : PROFILE.query, type: TYPE.rest, subtypes: [SUBTYPE.search], action: 'E', parties: 'REQUEST' };
}

const OUTCOME: Readonly<Record<string, AuditEvent['outcome']>> = { DENY: '8', REJECTED_INAUTHENTIC: '8', ERROR: '4' };
/** The trail keeps no address of a caller; the profiles want the element. */
const UNKNOWN_NETWORK: Network = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };

const identified = (system: string, value: string, type?: string): Reference => ({ ...(type ? { type } : {}), identifier: { system, value } });
const memberReference = (id: string, { pseudonyms }: ExportView): Reference =>
  (pseudonyms ? identified(SYSTEM.pseudonym, pseudonyms.of('member', id), 'Patient') : identified(SYSTEM.member, id, 'Patient'));

/** A member who asks for themselves is told of as a member is; a representative may be a member too, and has a pseudonym where members have. */
const userReference = (row: AuditRow, view: ExportView): Reference =>
  (row.role === 'MEMBER' || (view.pseudonyms !== null && row.role === 'PERSONAL_REPRESENTATIVE') || membersOf(row).includes(row.subject) ? memberReference(row.subject, view) : identified(SYSTEM.subject, row.subject));

function agentsOf(row: AuditRow, parties: Pattern['parties'], view: ExportView): Agent[] {
  const gateway: Reference = { display: view.site };
  const network: Network = { address: view.site, type: '1' };
  const client = row.token_id === null ? { display: 'client' } : identified(SYSTEM.token, row.token_id);
  const organization = row.organization === null ? null : identified(SYSTEM.organization, row.organization, 'Organization');
  const user: Agent = {
    type: concept(AGENT.user), who: userReference(row, view), requestor: true, role: [{ coding: [{ system: SYSTEM.role, code: row.role }] }], purposeOfUse: [purposeOf(row)],
    ...(row.token_id === null ? {} : { policy: [`${SYSTEM.token}:${row.token_id}`] }),
  };
  const ofOrganization: Agent[] = organization ? [{ type: concept(AGENT.organization), who: organization, requestor: false }] : [];
  const agent = (type: Coding, who: Reference, at?: Network): Agent => ({ type: concept(type), who, requestor: false, ...(at ? { network: at } : {}) });
  if (parties === 'DISCLOSURE') return [agent(AGENT.source, gateway, network), agent(AGENT.destination, organization ?? userReference(row, view), UNKNOWN_NETWORK), agent(AGENT.custodian, gateway), user];
  if (parties === 'DECISION') return [agent(AGENT.application, client, UNKNOWN_NETWORK), user, ...ofOrganization, agent(AGENT.decider, gateway)];
  // By BALP's convention the client of a REST call is its source, the server its destination.
  return [agent(AGENT.source, client, UNKNOWN_NETWORK), agent(AGENT.destination, gateway, network), user, ...ofOrganization];
}

const purposeOf = (row: AuditRow): CodeableConcept => ({ coding: [{ system: PURPOSE_SYSTEM, code: row.purpose }] });

function entitiesOf(row: AuditRow, member: string | null, view: ExportView): Entity[] {
  const securityLabel = [...new Set(classesOf(row.labels).flatMap(hl7CodesOf))].map((code) => ({ coding: [{ system: ACT_CODE_SYSTEM, code }] }));
  const details = ([['operation', row.operation], ['clause', row.clause], ['noticeVersion', row.notice_version], ['grant', row.grant_id], ['kind', row.kind]] as const)
    .flatMap(([type, valueString]): Detail[] => (valueString ? [{ type, valueString }] : []));
  const coordinates = (JSON.parse(row.coordinates) as string[]).map((valueString): Detail => ({ type: 'coordinate', valueString }));
  return [
    ...(member === null ? [] : [{ what: memberReference(member, view), type: ENTITY.person, role: ENTITY.patient, ...(securityLabel.length ? { securityLabel } : {}) }]),
    // The fields asked for stand for the query: its text and arguments are never kept.
    { type: ENTITY.system, role: ENTITY.query, query: Buffer.from((JSON.parse(row.coordinates) as string[]).join('\n') || row.operation || '-', 'utf8').toString('base64'), detail: [...details, ...coordinates] },
    { type: ENTITY.request, what: identified(SYSTEM.request, row.request_id) },
  ];
}

function auditEventOf(row: AuditRow, member: string | null, id: string, view: ExportView): AuditEvent {
  const pattern = patternOf(row, member !== null);
  const outcome = OUTCOME[row.outcome] ?? '0';
  // What was said in an emergency may name the member: it stays behind where members have pseudonyms.
  const said = view.pseudonyms === null ? row.reason : null;
  return {
    resourceType: 'AuditEvent', id, ...(pattern.profile ? { meta: { profile: [pattern.profile] } } : {}), type: pattern.type, ...(pattern.subtypes.length ? { subtype: [...pattern.subtypes] } : {}),
    action: pattern.action, recorded: row.at, outcome, outcomeDesc: said === null ? row.outcome : `${row.outcome}: ${said}`, purposeOfEvent: [purposeOf(row)],
    agent: agentsOf(row, pattern.parties, view), source: { site: view.site, observer: { display: view.site }, type: [APPLICATION_SERVER] }, entity: entitiesOf(row, member, view),
  };
}

/** A record as FHIR R4 AuditEvents: one a member, because a profile of BALP has one patient; the record's own id where that is one. */
export function auditEventsOf(row: AuditRow, view: ExportView): AuditEvent[] {
  const members = membersOf(row);
  if (members.length <= 1) return [auditEventOf(row, members[0] ?? null, row.id, view)];
  // Not in the order of ids, from which a pseudonym could be told.
  const inOrder = view.pseudonyms === null ? members : [...members].sort((one, other) => (nameOf(one, view) < nameOf(other, view) ? -1 : 1));
  return inOrder.map((member, index) => auditEventOf(row, member, `${row.id}-${index + 1}`, view));
}
const nameOf = (id: string, { pseudonyms }: ExportView): string => pseudonyms?.of('member', id) ?? id;
