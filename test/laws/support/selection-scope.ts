/** What stands under each response key of a selection: the same key again must be the same field with the same arguments. */
export class Scope {
  private readonly keys = new Map<string, { readonly meaning: string; readonly below: Scope }>();
  /** The scope below a key; null where the key means something else already. */
  below(key: string, meaning: string): Scope | null {
    const known = this.keys.get(key);
    if (known && known.meaning !== meaning) return null;
    const made = known ?? { meaning, below: new Scope() };
    this.keys.set(key, made);
    return made.below;
  }
  fits(other: Scope): boolean {
    return [...other.keys].every(([key, { meaning, below }]) => { const own = this.keys.get(key); return !own || (own.meaning === meaning && own.below.fits(below)); });
  }
  /** Takes in what a fragment selects; false, and nothing taken, where that does not fit. */
  takes(other: Scope): boolean {
    if (!this.fits(other)) return false;
    for (const [key, { meaning, below }] of other.keys) this.below(key, meaning)?.takes(below);
    return true;
  }
}
