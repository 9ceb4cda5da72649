import { serverAudits } from 'graphql-http';
import { startToy, type Toy } from '../support/toy-gateway';

/** GraphQL over HTTP, as the reference implementation audits it: https://github.com/graphql/graphql-http */
let toy: Toy;
let token: string;
beforeAll(async () => {
  toy = await startToy();
  token = await toy.token({ role: 'PHARMACIST' });
});
afterAll(() => toy.gateway.stop());

const fetchFn = (input: string, init: RequestInit = {}): Promise<Response> =>
  fetch(input, { ...init, headers: { ...init.headers as Record<string, string>, authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' } });
const audits = serverAudits({ url: () => `${toy.url}/graphql`, fetchFn });

describe('the audits of graphql-http, with a token', () => {
  it('are 61', () => expect(audits).toHaveLength(61));
  it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect({ status: result.status, reason: 'reason' in result ? result.reason : null }).toEqual({ status: 'ok', reason: null });
  });
});
