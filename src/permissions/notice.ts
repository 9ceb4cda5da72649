import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GatewayError } from '../vocabulary/errors';
import { DATE, startOfDay } from '../vocabulary/instants';
import { PACKAGE_ROOT } from '../vocabulary/package-root';
import type { Clause } from './core/clause';

/** One version of the Notice: what it is called, from when it decides, and its clauses as data. */
export interface NoticeVersion {
  readonly version: string;
  readonly title: string;
  /** YYYY-MM-DD; it decides from the start of that day (UTC), for older records too (Notice: "Changes to this Notice"). */
  readonly effectiveDate: string;
  readonly url: string | null;
  readonly text: string;
  readonly clauses: readonly Clause[];
}

const file = z.object({
  version: z.string().min(1).max(64), title: z.string().min(1), effectiveDate: z.string().regex(DATE, 'expects YYYY-MM-DD'), url: z.string().nullable().default(null),
  changedClauses: z.array(z.string()).default([]),
});

/** The versions of the Notice, oldest first. */
export class Notices {
  private constructor(readonly versions: readonly NoticeVersion[]) {}

  /** Reads one folder a version (`notice.json`, `notice.txt`). Throws, naming NOTICES_DIR, the folder and the element. */
  static load(folder: string | null, clauses: readonly Clause[]): Notices {
    const root = folder ?? join(PACKAGE_ROOT, 'notices');
    const versions = readdirSync(root, { withFileTypes: true }).filter((each) => each.isDirectory()).map((each) => {
      const parsed = file.safeParse(JSON.parse(readFileSync(join(root, each.name, 'notice.json'), 'utf8')));
      if (!parsed.success) throw new Error(`NOTICES_DIR: ${each.name}/notice.json: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
      const { version, title, effectiveDate, url } = parsed.data;
      return Object.freeze({ version, title, effectiveDate, url, text: readFileSync(join(root, each.name, 'notice.txt'), 'utf8'), clauses });
    });
    if (versions.length === 0) throw new Error('NOTICES_DIR: holds no version');
    return new Notices(Object.freeze(versions.sort((left, right) => (left.effectiveDate < right.effectiveDate ? -1 : 1))));
  }

  /** The version in effect at an instant; NOT_FOUND before the first. */
  at(instant: string): NoticeVersion {
    const found = [...this.versions].reverse().find((each) => startOfDay(each.effectiveDate) <= instant);
    if (!found) throw new GatewayError('NOT_FOUND', 'asOf: no Notice was in effect then');
    return found;
  }
}
