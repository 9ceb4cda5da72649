import { clause, permit } from '../core/clause';
import { and, exists, known, or, overlaps } from '../core/predicate';
import { soldWithAuthorization } from './sale';

/** Some agreement in force lists this purpose and this category: without pay, or with it where the member agreed to the sale. */
const listedByAgreement = or(
  overlaps(known('agreementCategories'), known('categoryBit')),
  and(overlaps(known('remuneratedCategories'), known('categoryBit')), exists('authorization_scope', soldWithAuthorization)),
);

/** Notice: Business Associates. */
export const businessAssociates = clause({
  id: 'business-associates',
  title: 'Business Associates',
  citation: '45 CFR 164.502(e), 164.504(e)',
  summary: 'A service provider sees what its written agreement in force lists, for the purposes it lists, and nothing else.',
  purposes: ['HPAYMT', 'HOPERAT'],
  permits: [permit({ roles: ['BUSINESS_ASSOCIATE'], purposes: ['HPAYMT', 'HOPERAT'], members: listedByAgreement })],
  reading: 'No agreement, no member. A subcontractor comes through the associate. The agreement narrows the cell and never widens it.',
});
