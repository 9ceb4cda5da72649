import { TextDecoder } from 'node:util';
import { list, text, type Json } from './json';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of a page: a break for every block, no mark-up, no scripts. */
function withoutMarkup(html: string): string {
  return html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, ' ').replace(/<\/?(p|div|br|li|tr|h[1-6])\b[^>]*>/gi, '\n').replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&([a-z]+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole).replace(/[ \t]+/g, ' ').replace(/\n\s*\n+/g, '\n').trim();
}

/** The charset that the type names; one that is not known is read as UTF-8, which is what FHIR asks for. */
function decoderOf(contentType: string): TextDecoder {
  const named = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('utf-8');
    throw error;
  }
}

const isText = (contentType: string): boolean => contentType === '' || /^(text\/|application\/(xml|xhtml\+xml|json|rtf|hl7))/i.test(contentType);

/** The text of an attachment that is text (base64, any charset, HTML without its tags); null for any other. */
export function textOf(attachment: Json): string | null {
  const contentType = text(attachment.contentType) ?? '';
  const data = text(attachment.data);
  if (!data || !isText(contentType)) return null;
  const decoded = decoderOf(contentType).decode(Buffer.from(data, 'base64'));
  return (/html|xml/i.test(contentType) ? withoutMarkup(decoded) : decoded).trim() || null;
}

/** The texts of several attachments as one, and the first title. */
export function joined(attachments: unknown): { title: string | null; text: string | null } {
  const all = list(attachments);
  return { title: all.map((each) => text(each.title)).find(Boolean) ?? null, text: all.map(textOf).filter(Boolean).join('\n\n') || null };
}
