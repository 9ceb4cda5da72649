import type { EntityManager } from 'typeorm';
import { selectRows } from '../entities/rows';
import { TABLES } from '../entities/tables';
import type { LabelSource } from './mapping';
import { marks } from './write/upsert';

/** The Part 2 programs, and the practitioners who work for them (policy section 5). They are few, and held in memory. */
export class Programs {
  /** Organizations that became a program, or ceased to be one, and staff that came: records of theirs have to be settled again. */
  readonly changed = new Set<string>();

  private constructor(private readonly named: ReadonlySet<string>, private readonly programs: Set<string>, private readonly staff: Map<string, string>) {}

  /** @param named the deployer's own (PART2_PROGRAMS) */
  static async load(manager: EntityManager, named: readonly string[]): Promise<Programs> {
    const rows = await selectRows(manager, TABLES.organization, { part2_program: 1 });
    const programs = new Set([...rows.map((each) => each.id), ...named]);
    const loaded = new Programs(new Set(named), programs, new Map());
    for (const each of named) if (!rows.some((row) => row.id === each)) loaded.changed.add(each);
    if (programs.size) {
      const staff = await manager.query(`SELECT id, organization_id FROM practitioner WHERE organization_id IN (${marks([...programs])})`, [...programs]) as { id: string; organization_id: string }[];
      for (const each of staff) loaded.staff.set(each.id, each.organization_id);
    }
    return loaded;
  }

  has(organization: string | null | undefined): boolean { return organization !== null && organization !== undefined && this.programs.has(organization); }

  setOrganization(id: string, tagged: boolean): boolean {
    const is = tagged || this.named.has(id);
    if (is !== this.programs.has(id)) this.changed.add(id);
    if (is) this.programs.add(id);
    else this.programs.delete(id);
    return is;
  }
  setStaff(practitioner: string, organization: string | null): void {
    const before = this.staff.get(practitioner) ?? null;
    const now = this.has(organization) ? organization : null;
    if (before !== now) this.changed.add(practitioner);
    if (now) this.staff.set(practitioner, now);
    else this.staff.delete(practitioner);
  }

  /** The program whose custodianship or recorders produced a record; null for none. */
  of(source: LabelSource): string | null {
    if (!this.programs.size) return null;
    for (const each of source.organizations) if (this.programs.has(each)) return each;
    for (const each of source.people) {
      const program = this.staff.get(each);
      if (program !== undefined && this.programs.has(program)) return program;
    }
    return null;
  }
}
