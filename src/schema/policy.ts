import { ID } from 'type-graphql';
import { Public } from '../directives/decorators';
import {
  ConfidentialityEnum, DataCategory, Effect, ElementFormat, IdentifierEnum, PurposeOfUse, RoleEnum, SensitivityClassEnum,
} from './enums';
import { needed, Optional, Required, Shape, Takes } from './field';
import { ExplainInput, SimulationInput } from './inputs/policy';
import { Clause } from './notice';
import { Tally } from './operations';
import { DateTime } from './scalars';

// The policy speaks of fields, roles and rules. Explanations and simulations are told without a value, to the privacy office
// and auditors; ids are pseudonyms to the latter.

@Public()
@Shape('FieldPolicy', 'The tags of one field.')
export class FieldPolicy {
  @Required(() => String, 'The schema coordinate, `Member.birthDate`.') coordinate: string;
  @Optional(() => DataCategory, 'Its category; null on a public field.') category?: string | null;
  @Required(() => [SensitivityClassEnum], 'What it reveals by its presence.') sensitivity: string[];
  @Optional(() => IdentifierEnum, 'Which identifier it is.') identifier?: string | null;
  @Optional(() => ConfidentialityEnum, 'How closely it is held.') confidentiality?: string | null;
  @Required(() => [PurposeOfUse], 'For what it may be asked for at all.') purposes: string[];
  @Required(() => Boolean, 'True where it holds no PHI.') public: boolean;
}

@Public()
@Shape('MatrixCell', 'What a role sees of a field for a purpose.')
export class MatrixCell {
  @Required(() => RoleEnum, 'The role.') role: string;
  @Required(() => PurposeOfUse, 'The purpose.') purpose: string;
  @Required(() => String, 'The field.') coordinate: string;
  @Required(() => Effect, 'What the policy says.') effect: string;
  @Optional(() => ID, 'The clause that decides.') clause?: string | null;
  @Optional(() => String, 'Why it is withheld.') reason?: string | null;
  @Required(() => [String], 'On what it depends: GRANT, AUTHORIZATION, RELATIONSHIP, LABELS, RESTRICTION, STATE.') conditions: string[];
}

@Public()
@Shape('ClauseElement', 'Something that a request for a grant must state.')
export class ClauseElement {
  @Required(() => String, 'Its name, as a request gives it.') name: string;
  @Required(() => String, 'What to state.') description: string;
  @Required(() => Boolean, 'True where it must always be stated.') required: boolean;
  @Optional(() => String, 'Required where another element has a value, written name=value.') requiredWhen?: string | null;
  @Required(() => ElementFormat, 'How it is written.') format: string;
  @Required(() => [String], 'What can be chosen.') choices: string[];
}

@Public()
@Shape('ClausePolicy', 'A clause with what the gateway makes of it.')
export class ClausePolicy {
  @Required(() => Clause, 'The clause.') clause: Clause;
  @Required(() => [ClauseElement], 'What a request for a grant under it must state.') demands: ClauseElement[];
  @Required(() => [RoleEnum], 'The roles that it speaks of.') roles: string[];
}

@Public()
@Shape('ExplanationStep', 'One rule that was tried.')
export class ExplanationStep {
  @Required(() => String, 'The rule.') rule: string;
  @Optional(() => ID, 'The clause that it comes from.') clause?: string | null;
  @Optional(() => String, 'The regulation behind it.') citation?: string | null;
  @Required(() => String, 'What it said.') outcome: string;
  @Required(() => String, 'Why.') because: string;
}

@Public()
@Shape('Explanation', 'Why a caller sees or does not see a field of a member or a record.')
export class Explanation {
  @Required(() => Effect, 'What the policy says.') effect: string;
  @Optional(() => ID, 'The clause that decided.') clause?: string | null;
  @Optional(() => String, 'Why it is withheld.') reason?: string | null;
  @Required(() => [ExplanationStep], 'Every rule, in order.') steps: ExplanationStep[];
}

@Public()
@Shape('Withheld', 'A field that is withheld, and why.')
export class Withheld {
  @Required(() => String, 'The field.') coordinate: string;
  @Required(() => String, 'Why.') reason: string;
  @Optional(() => ID, 'The clause that decided.') clause?: string | null;
}

@Public()
@Shape('Simulation', 'What an operation of another caller would give, without one value.')
export class Simulation {
  @Required(() => [String], 'The fields that they would see.') permitted: string[];
  @Required(() => [Withheld], 'The fields that they would not.') withheld: Withheld[];
  @Required(() => [Tally], 'How many records of each type they would get.') records: Tally[];
}

@Public()
@Shape('Policy', 'The policy itself. Each field is decided by who may call it.')
export class Policy {
  @Required(() => [FieldPolicy], 'Every field of the schema with its tags.')
  @Takes({ category: [() => DataCategory, 'Only of this category.'], sensitivity: [() => SensitivityClassEnum, 'Only what reveals this class.'] })
  catalogue: FieldPolicy[];

  @Required(() => [MatrixCell], 'Role by purpose by field, at an instant.')
  @Takes({ roles: [() => [RoleEnum], 'Only these roles.'], purposes: [() => [PurposeOfUse], 'Only these purposes.'], asOf: [() => DateTime, 'When; now if left out.'] })
  matrix: MatrixCell[];

  @Optional(() => ClausePolicy, 'One clause.') @Takes({ id: needed(() => ID, 'Which.') }) clause?: ClausePolicy | null;

  @Required(() => Explanation, 'Why a caller sees or does not see a field: every rule, in order.')
  @Takes({ input: needed(() => ExplainInput, 'Which caller, field and member or record.') }) explain: Explanation;

  @Required(() => Simulation, 'Runs an operation as another caller: decisions and shape, no value, no disclosure.')
  @Takes({ input: needed(() => SimulationInput, 'Which operation and caller.') }) simulate: Simulation;
}
