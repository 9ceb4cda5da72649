/** What a review of an emergency can find. */
export const REVIEW_FINDINGS = ['JUSTIFIED', 'NOT_JUSTIFIED', 'REFERRED'] as const;
export type ReviewFinding = (typeof REVIEW_FINDINGS)[number];
