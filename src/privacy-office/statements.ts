import type { Caller } from '../identity/caller';
import { updateRows } from '../entities/rows';
import { amendment } from '../entities/tables/privacy';
import { memberOfAmendment, readAmendment, recordOf } from './amendments';
import { classesOfWords } from './amendment-labels';
import { judgeOwnCall } from './authenticity';
import { dueAt } from './due';
import type { Office } from './office';
import { amendmentOf, type AmendmentResult } from './read-member-privacy';
import { fileRequest, settleRequests } from './requests';
import { badInput, conflict, optionalText, requireText } from './validate';
import { write } from './write';

/**
 * What the member says to a denial (164.526(d)(2)): it goes with the record in every answer and export, to those who may see what its
 * words reveal. @throws NOT_FOUND, BAD_USER_INPUT, INAUTHENTIC, CONFLICT where nothing was denied, or it was filed before
 */
export function fileStatementOfDisagreement(office: Office, caller: Caller, args: { amendmentId: string; statement: string }): Promise<AmendmentResult> {
  const call = { mutation: 'fileStatementOfDisagreement', memberId: memberOfAmendment(args.amendmentId), argument: 'amendmentId', clause: 'amendment' } as const;
  return write<AmendmentResult>(office, caller, call, async ({ manager, standing }) => {
    const statement = requireText(args.statement, 'statement');
    const row = await readAmendment(manager, caller, standing, args.amendmentId, 'amendmentId');
    const judged = await judgeOwnCall(manager, caller, standing);
    if (judged.authentic && row.status !== 'DENIED') throw conflict('A statement of disagreement answers a denial');
    if (judged.authentic && row.statement !== null) throw conflict('The statement was filed before');
    const record = await recordOf(manager, row.member_id, row.record_type, row.record_id);
    const labels = record ? classesOfWords(office, record.type, record.row, [statement]) : 0;
    const request = await fileRequest(manager, caller, judged, {
      kind: 'AMENDMENT', memberId: row.member_id, status: 'RECEIVED', subjectId: row.id, dueAt: dueAt(office, 'AMENDMENT', caller.at, standing.member.home_state),
      summary: labels === 0 ? 'Statement of disagreement' : 'Statement of disagreement. It reveals a special category: without a summary, those who may not see that category see no statement.',
    });
    if (!judged.authentic) return { inauthentic: request };
    const set = { statement, statement_labels: labels, statement_by: judged.requestedBy, statement_at: caller.at };
    await updateRows(manager, amendment, { member_id: row.member_id, id: row.id }, set);
    return { result: amendmentOf({ ...row, ...set }) };
  });
}

/**
 * What the privacy office says to a statement (164.526(d)(3)), and the summary that is shown in its place to those who may not see what it
 * reveals. @throws BAD_USER_INPUT where neither is given, or the summary reveals as much; CONFLICT where there is no statement, or one was given before
 */
export function answerStatement(office: Office, caller: Caller, args: { amendmentId: string; rebuttal?: string | null; summary?: string | null }): Promise<AmendmentResult> {
  const call = { mutation: 'answerStatement', memberId: memberOfAmendment(args.amendmentId), argument: 'amendmentId', clause: 'amendment' } as const;
  return write<AmendmentResult>(office, caller, call, async ({ manager, standing }) => {
    const rebuttal = optionalText(args.rebuttal, 'rebuttal');
    const summary = optionalText(args.summary, 'summary');
    if (rebuttal === null && summary === null) throw badInput('rebuttal or summary', 'one is needed');
    const row = await readAmendment(manager, caller, standing, args.amendmentId, 'amendmentId');
    if (row.statement === null) throw conflict('There is no statement to answer');
    if ((rebuttal !== null && row.rebuttal !== null) || (summary !== null && row.summary !== null)) throw conflict('The statement was answered before');
    const record = await recordOf(manager, row.member_id, row.record_type, row.record_id);
    const reveals = (text: string | null): number => (text !== null && record ? classesOfWords(office, record.type, record.row, [text]) : 0);
    if (reveals(summary) !== 0) throw badInput('summary', 'reveals a special category itself');
    const set = { ...(rebuttal === null ? {} : { rebuttal, rebuttal_labels: reveals(rebuttal) }), ...(summary === null ? {} : { summary }) };
    await updateRows(manager, amendment, { member_id: row.member_id, id: row.id }, set);
    await settleRequests(manager, 'AMENDMENT', row.id, 'COMPLETED', caller.at);
    return { result: amendmentOf({ ...row, ...set }) };
  });
}
