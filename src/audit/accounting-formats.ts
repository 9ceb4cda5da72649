import { stringify } from 'csv-stringify/sync';
import PDFDocument from 'pdfkit';
import type { AccountingResult } from './accounting';

/** How an accounting is handed over. */
export const ACCOUNTING_FORMATS = ['json', 'csv', 'pdf'] as const;
export type AccountingFormat = (typeof ACCOUNTING_FORMATS)[number];
interface Told extends AccountingResult { readonly fee?: { readonly amount: number; readonly currency: string; readonly reason: string; readonly estimate: boolean } | null }

/** One row a disclosure. What would be a formula in a spreadsheet is escaped. */
function csvOf({ disclosures }: Told): Buffer {
  const columns = [
    { key: 'at', header: 'when' }, { key: 'recipient', header: 'to whom' }, { key: 'recipientAddress', header: 'address' }, { key: 'description', header: 'what' },
    { key: 'purpose', header: 'why' }, { key: 'clause', header: 'clause' },
  ];
  return Buffer.from(stringify(disclosures.map((each) => ({ ...each })), { header: true, columns, escape_formulas: true, bom: true, record_delimiter: 'windows' }), 'utf8');
}

function pdfOf(accounting: Told, at: string): Promise<Buffer> {
  const made = new PDFDocument({ size: 'LETTER', margin: 54, info: { Title: 'Accounting of disclosures', CreationDate: new Date(at) } });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    made.on('data', (chunk: Buffer) => { chunks.push(chunk); });
    made.on('end', () => { resolve(Buffer.concat(chunks)); });
    made.on('error', reject);
  });
  made.fontSize(16).text('Accounting of disclosures').moveDown(0.3);
  made.fontSize(10).text(`Of ${accounting.memberId}, from ${accounting.from.slice(0, 10)} until ${accounting.to.slice(0, 10)} (45 CFR 164.528).`);
  if (accounting.fee) made.text(`${accounting.fee.estimate ? 'Estimated fee' : 'Fee'}: ${accounting.fee.amount.toFixed(2)} ${accounting.fee.currency}. ${accounting.fee.reason}`);
  made.moveDown();
  if (accounting.disclosures.length === 0) made.text('No disclosure that an accounting lists was made in this period.');
  for (const each of accounting.disclosures) {
    made.font('Helvetica-Bold').text(`${each.at.slice(0, 10)}   ${each.recipient}`).font('Helvetica');
    if (each.recipientAddress) made.text(each.recipientAddress);
    made.text(each.description).text(`${each.purpose}.`).moveDown(0.7);
  }
  made.end();
  return done;
}

/** An accounting as a file. `at`: the instant that it was made. */
export async function formatAccounting(accounting: Told, format: AccountingFormat, at: string): Promise<Buffer> {
  if (format === 'json') return Buffer.from(`${JSON.stringify(accounting, null, 2)}\n`, 'utf8');
  return format === 'csv' ? csvOf(accounting) : pdfOf(accounting, at);
}
