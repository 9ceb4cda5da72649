import { billOf } from './claims';
import { recordsOf } from './clinical';
import { consentsOf } from './consents';
import { bundleOf, type Bundle } from './fhir';
import { infrastructure } from './infrastructure';
import { SampleMember } from './member';
import { notesOf } from './notes';
import { identityOf } from './patient';
import { preventionOf } from './prevention';
import { visitsOf } from './visits';

/** Everything of one member, the first being number 1. Depends on number and seed alone. */
export function memberBundle(number: number, seed: number): Bundle {
  const member = new SampleMember(number, seed);
  const visits = visitsOf(member);
  return bundleOf([
    ...identityOf(member), ...visits.flatMap((visit) => [...recordsOf(member, visit), ...billOf(member, visit)]),
    ...notesOf(member, visits), ...preventionOf(member, visits), ...consentsOf(member, visits),
  ]);
}

export const infrastructureBundle = (): Bundle => bundleOf(infrastructure());

/** The sample world, one bundle at a time: organizations and practitioners, then member after member. Nothing is kept. */
export function* generateBundles(members: number, seed: number): Iterable<Bundle> {
  yield infrastructureBundle();
  for (let number = 1; number <= members; number += 1) yield memberBundle(number, seed);
}
