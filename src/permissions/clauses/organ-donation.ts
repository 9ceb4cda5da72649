import { clause } from '../core/clause';
import { grant, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

/** Notice: "Organ and Tissue Donation". */
export const organDonation = clause({
  id: 'organ-donation',
  title: 'Organ and tissue donation',
  citation: '45 CFR 164.512(h)*',
  summary: 'What facilitates the donation of organs, eyes or tissue, to the procurement organization.',
  purposes: ['DONAT'],
  grant: grant({ demands: [text('procurement-organization', 'The organization that procures, banks or transplants.'), ...VERIFIED, ...NAMED] }),
  accounted: true,
  reading: 'No special category opens without the member\'s authorization.',
});
