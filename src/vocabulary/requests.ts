/** What the privacy office is asked for (schema: PrivacyRequestKind). */
export const REQUEST_KINDS = [
  'RESTRICTION', 'CONFIDENTIAL_COMMUNICATION', 'ACCESS', 'AMENDMENT', 'ACCOUNTING', 'NOTICE_COPY', 'COMPLAINT', 'GRANT', 'AUTHORIZATION', 'HIE',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];
