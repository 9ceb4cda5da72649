/** What experiments are about, so that a mutant is asked what could tell it. */
import type { AimName } from './mutants';
import type { Aim } from './two-worlds';

const LISTING = ['NURSE', 'PHARMACIST', 'HEALTHCARE_PROFESSIONAL', 'WORKFORCE', 'EXTERNAL_PROVIDER', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN', 'HIE_PARTICIPANT'];
const lists: Aim['who'] = ({ role, purpose }) => LISTING.includes(role) && ['TREAT', 'HPAYMT', 'HOPERAT', 'COC', 'CAREMGT'].includes(purpose);
const counts: Aim['who'] = ({ role, purpose }) => ['WORKFORCE', 'HEALTH_PLAN', 'BUSINESS_ASSOCIATE'].includes(role) && ['HOPERAT', 'CAREMGT'].includes(purpose);
const inside: Aim['who'] = ({ role, purpose }) => ['NURSE', 'HEALTHCARE_PROFESSIONAL', 'PHARMACIST', 'EXTERNAL_PROVIDER', 'WORKFORCE'].includes(role) && ['TREAT', 'COC', 'HPAYMT', 'HOPERAT'].includes(purpose);

/** `parts` small worlds make one; `census`: with the count of all that is there. */
export const AIMS: Readonly<Record<AimName, Aim & { readonly parts: number; readonly census: boolean }>> = {
  'member filters': { who: lists, kinds: ['members'], needs: /nameContains|birthDate"?:\s*\{/, parts: 2, census: false },
  'records in member filters': { who: lists, kinds: ['members'], needs: /conditionCode|medicationCode|hasOpenCareGap/, parts: 2, census: false },
  'record filters': { who: lists, kinds: ['careGaps', 'claims', 'members'], needs: /(codes|status|measure|due|service)"?:/, parts: 2, census: false },
  'order and pages': { who: lists, kinds: ['members'], needs: /orderBy.*after|after.*orderBy/, parts: 2, census: true },
  'across members': { who: ({ role, purpose }) => ['HEALTH_PLAN', 'BUSINESS_ASSOCIATE', 'EXTERNAL_PROVIDER'].includes(role) && ['HPAYMT', 'HOPERAT'].includes(purpose), kinds: ['careGaps', 'claims'], needs: /nodes/, parts: 2, census: false },
  counts: { who: counts, kinds: ['operations'], needs: /operations/, parts: 6, census: false },
  'small worlds counted': { who: counts, kinds: ['operations'], needs: /operations/, parts: 1, census: false },
  'records of members': { who: inside, kinds: ['member', 'members'], needs: /code|status|coverages|careTeam|contact/, parts: 1, census: false },
  amendments: { who: inside, kinds: ['members'], needs: /amendments \{ id (recordId )?field/, parts: 2, census: false },
  'own access': { who: ({ role, purpose }) => (role === 'MEMBER' && purpose === 'PATRQT') || (role === 'PERSONAL_REPRESENTATIVE' && purpose !== 'PATRQT'), kinds: ['members'], needs: /documents|observations|conditions/, parts: 1, census: true },
  grants: { who: ({ grantId }) => grantId !== undefined, kinds: ['members'], needs: /conditions|observations|encounters|claims|name|code|text/, parts: 1, census: true, underGrants: true },
  caches: { who: lists, kinds: ['members', 'careGaps'], needs: /nodes/, parts: 1, census: true, warmed: true },
};
