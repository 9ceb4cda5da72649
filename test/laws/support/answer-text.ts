/** Where two texts part, with what stands around it. */
export function parting(what: string, gateway: string, reference: string): string {
  let at = 0;
  while (at < gateway.length && gateway[at] === reference[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 200), at + 200);
  return `${what} part at ${at}:\n  gateway:   ${around(gateway)}\n  reference: ${around(reference)}`;
}

/** Cursors under a response key, wherever in an answer it stands. */
export function cursorsUnder(key: string, value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const each of value) cursorsUnder(key, each, found);
  else if (value !== null && typeof value === 'object') for (const [own, each] of Object.entries(value)) {
    if (own !== key) { cursorsUnder(key, each, found); continue; }
    const places = (Array.isArray(each) ? each : [each]) as ({ readonly cursor?: string; readonly endCursor?: string | null; readonly hasNextPage?: boolean } | null)[];
    for (const place of places) { const cursor = place?.cursor ?? (place?.hasNextPage ? place.endCursor : null); if (cursor) found.push(cursor); }
  }
  return found;
}
