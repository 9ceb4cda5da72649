import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { REQUEST_KINDS } from '../../vocabulary/requests';
import { CLASSES } from '../../vocabulary/sensitivity';
import { california } from './california';
import type { Jurisdiction } from './jurisdiction';
import { newYork } from './new-york';
import { texas } from './texas';

/** The files that ship. */
export const JURISDICTIONS: readonly Jurisdiction[] = Object.freeze([california, newYork, texas]);

const classes = z.array(z.enum(CLASSES));
// Strict: a misspelt key would drop a protection without a word.
const cited = z.strictObject({ classes, citation: z.string().min(3) });
const file = z.strictObject({
  state: z.string().regex(/^[A-Z]{2}$/), name: z.string().min(1),
  demands: z.array(cited.extend({ columns: z.array(z.enum(['INSIDE_TREAT', 'ETREAT', 'INSIDE_OTHER', 'OUTSIDE'])) })).default([]),
  permits: z.array(cited).default([]).refine((all) => !all.some((each) => each.classes.some((name) => ['PART2', 'SUD', 'PSYTHPN', 'GDIS'].includes(name))),
    'permits: PART2 (and SUD above it), PSYTHPN and GDIS cannot be permitted by a deployer'),
  minorConsent: cited, dueDays: z.partialRecord(z.enum(REQUEST_KINDS), z.strictObject({ days: z.int().min(1), citation: z.string().min(3) })).optional(),
  protects: z.array(cited).default([]),
});

function readFile(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch {
    throw new Error(`JURISDICTIONS_DIR: ${name}: is not JSON, or cannot be read`);
  }
}

/** The shipped files with those of JURISDICTIONS_DIR (one JSON file a state, which replaces a shipped one). Throws, naming the file and element. */
export function loadJurisdictions(folder: string | null): readonly Jurisdiction[] {
  if (!folder) return JURISDICTIONS;
  const added = readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => {
    const parsed = file.safeParse(readFile(folder, name));
    if (!parsed.success) throw new Error(`JURISDICTIONS_DIR: ${name}: ${parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`).join('; ')}`);
    return Object.freeze(parsed.data) as unknown as Jurisdiction;
  });
  const twice = added.find((each, place) => added.findIndex((other) => other.state === each.state) !== place);
  if (twice) throw new Error(`JURISDICTIONS_DIR: two files for the state ${twice.state}`);
  return Object.freeze([...JURISDICTIONS.filter((shipped) => !added.some((each) => each.state === shipped.state)), ...added]);
}
