import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GatewayError } from '../vocabulary/errors';
import { DATE, startOfDay } from '../vocabulary/instants';
import { PACKAGE_ROOT } from '../vocabulary/package-root';
import { CLAUSE_IDS, type ClauseId } from '../vocabulary/clauses';
import type { Clause } from './core/clause';
import { changedClauses as clausesWith, readNoticeChanges } from './notice-changes';

/** One version of the Notice: what it is called, from when it decides, and its clauses as data. */
export interface NoticeVersion {
  readonly version: string;
  readonly title: string;
  /** YYYY-MM-DD; it decides from the start of that day (UTC), for older records too (Notice: "Changes to this Notice"). */
  readonly effectiveDate: string;
  readonly url: string | null;
  readonly text: string;
  /** The clauses that this version names as changed against the one before it. */
  readonly changedClauses: readonly ClauseId[];
  /** The clauses as this version has them: they decide while it is in effect. */
  readonly clauses: readonly Clause[];
}

const file = z.object({
  version: z.string().min(1).max(64), title: z.string().min(1), effectiveDate: z.string().regex(DATE, 'expects YYYY-MM-DD'), url: z.string().nullable().default(null),
  changedClauses: z.array(z.enum(CLAUSE_IDS)).default([]),
});

/** What each version changes against the one before it must be named by it: nobody finds a cell opened that the Notice did not tell of. */
function assertNamed(versions: readonly NoticeVersion[]): void {
  versions.forEach((each, place) => {
    const before = versions[place - 1];
    const unnamed = before ? each.clauses.find((clause, at) => JSON.stringify(clause) !== JSON.stringify(before.clauses[at]) && !each.changedClauses.includes(clause.id)) : undefined;
    if (unnamed) throw new Error(`NOTICES_DIR: ${each.version}: changedClauses: does not name ${unnamed.id}, which is not as in the version before`);
    if (before?.effectiveDate === each.effectiveDate) throw new Error(`NOTICES_DIR: ${each.version}: effectiveDate: is that of another version`);
    if (versions.some((other) => other !== each && other.version === each.version)) throw new Error(`NOTICES_DIR: two versions are called ${each.version}`);
  });
}

function readVersion(root: string, folder: string, clauses: readonly Clause[]): NoticeVersion {
  const parsed = file.safeParse(JSON.parse(readFileSync(join(root, folder, 'notice.json'), 'utf8')));
  if (!parsed.success) throw new Error(`NOTICES_DIR: ${folder}/notice.json: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  const { version, title, effectiveDate, url, changedClauses } = parsed.data;
  const changes = readNoticeChanges(join(root, folder, 'policy.json'), `${folder}/policy.json`);
  return Object.freeze({
    version, title, effectiveDate, url, text: readFileSync(join(root, folder, 'notice.txt'), 'utf8'), changedClauses: Object.freeze(changedClauses), clauses: clausesWith(clauses, changes),
  });
}

/** The versions of the Notice, oldest first. */
export class Notices {
  private constructor(readonly versions: readonly NoticeVersion[]) {}

  /** Reads one folder a version (`notice.json`, `notice.txt`, and `policy.json` where it narrows the rules). Throws, naming NOTICES_DIR, the folder and the element. */
  static load(folder: string | null, clauses: readonly Clause[]): Notices {
    const root = folder ?? join(PACKAGE_ROOT, 'notices');
    const versions = readdirSync(root, { withFileTypes: true }).filter((each) => each.isDirectory()).map((each) => readVersion(root, each.name, clauses));
    if (versions.length === 0) throw new Error('NOTICES_DIR: holds no version');
    versions.sort((left, right) => (left.effectiveDate < right.effectiveDate ? -1 : 1));
    assertNamed(versions);
    return new Notices(Object.freeze(versions));
  }

  /** The version in effect at an instant; NOT_FOUND before the first. */
  at(instant: string): NoticeVersion {
    const found = [...this.versions].reverse().find((each) => startOfDay(each.effectiveDate) <= instant);
    if (!found) throw new GatewayError('NOT_FOUND', 'asOf: no Notice was in effect then');
    return found;
  }

  /** The version of a name; NOT_FOUND for another. */
  named(version: string): NoticeVersion {
    const found = this.versions.find((each) => each.version === version);
    if (!found) throw new GatewayError('NOT_FOUND', `version: there is none of this name; there are ${this.versions.map((each) => each.version).join(', ')}`);
    return found;
  }
}
