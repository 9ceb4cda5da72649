/** A cell of 1 to 10 is suppressed; 0 is shown (policy section 8, aggregates). */
export const isSmall = (count: number): boolean => count > 0 && count <= 10;
