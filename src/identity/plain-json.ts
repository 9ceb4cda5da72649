/**
 * True where no object in a JSON text repeats a key or has the key `__proto__`, however the key is escaped. `JSON.parse` keeps
 * the last of two equal keys while another reader may keep the first (RFC 8725 section 2.4): such a text has no one meaning.
 * @param text JSON that already parses
 */
export function isPlainJson(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let keyComesNext = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    const keys = open.at(-1);
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ',' && keys && keyComesNext) {
      const key: unknown = JSON.parse(token);
      if (typeof key !== 'string' || key === '__proto__' || keys.has(key)) return false;
      keys.add(key);
    }
    keyComesNext = token === '{' || (token === ',' && open.at(-1) !== null);
  }
  return true;
}
