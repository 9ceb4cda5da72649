// The measure of docs/PERFORMANCE.md: node:http, hand-written prepared SQL with the same policy for these two callers, JSON.stringify; no
// GraphQL, no token, no audit record. BENCH_URL=mysql://… PORT=… node bench/raw.js
const { createServer } = require('node:http');
const { answersBy } = require('./answers');
const { rows } = require('./sql');

const answers = answersBy(rows);
createServer(async (request, response) => {
  const url = new URL(request.url, 'http://local');
  try {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: await answers[url.pathname.slice(1)](url.searchParams.get('id')) }));
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
