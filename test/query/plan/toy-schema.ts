import { buildSchema } from 'graphql';

/** A small schema of the same shape as the gateway's: an interface of records, connections, arguments and inputs. */
export const schema = buildSchema(`
  interface Record { id: ID! code: String labels: [String!] }
  interface Named { name: String }
  type Condition implements Record { id: ID! code: String labels: [String!] onsetAt: String }
  type Claim implements Record { id: ID! code: String labels: [String!] billedAmount: Float diagnoses: [Condition!] }
  type Member implements Named { id: ID! name: String birthDate: String conditions(first: Int = 20, filter: Filter): Conditions claims(first: Int): [Claim!] }
  type Conditions { nodes: [Condition!]! total: Int }
  union Found = Member | Condition
  input Filter { code: String labels: [String!] }
  type Query { member(id: ID!): Member members(first: Int = 50, filter: Filter): [Member!] record(id: ID!): Record find(text: String!): [Found!] }
  type Mutation { openCareGap(memberId: ID!): Member }
`);
