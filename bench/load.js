// Requests by node:http over kept connections. It shares the machine with what it measures, so that an answer is counted, not read, while it is timed.
const http = require('node:http');

const newAgent = (sockets) => new http.Agent({ keepAlive: true, maxSockets: sockets });
/** Every contender answers a refusal or a failed field with `errors` first, or with another status than 200. */
const REFUSED = Buffer.from('{"errors"');
const isRefusal = (status, chunk) => status !== 200 || (chunk.length >= REFUSED.length && chunk.compare(REFUSED, 0, REFUSED.length, 0, REFUSED.length) === 0);

/** Sends one request; resolves with its text where `keep` is set, with nothing else, and rejects where it is refused. */
function send({ port, method, path, headers, body }, agent, keep = false) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      let chunks = keep ? [] : null;
      let isFirst = true;
      response.on('data', (chunk) => {
        if (isFirst && isRefusal(response.statusCode, chunk)) chunks = [];
        isFirst = false;
        chunks?.push(chunk);
      });
      response.on('end', () => {
        const text = chunks ? Buffer.concat(chunks).toString('utf8') : '';
        if (response.statusCode !== 200 || text.startsWith('{"errors"') || (keep && text.includes('"errors":['))) reject(new Error(`${response.statusCode} ${text.slice(0, 300)}`));
        else resolve(keep ? text : null);
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

/**
 * So many askers, each with its next request as soon as the last was answered: the times in ms of what was answered, how many were refused (a
 * statement that took too long is, on a busy machine), and how many seconds it took.
 */
async function closedLoop(next, { concurrency, seconds, agent = newAgent(concurrency) }) {
  const times = [];
  let refused = 0;
  const began = milliseconds();
  const end = began + seconds * 1000;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    for (let start = began; start < end;) {
      const isAnswered = await send(next(), agent).then(() => true, () => { refused += 1; return false; });
      const done = milliseconds();
      if (isAnswered) times.push(done - start);
      start = done;
    }
  }));
  return { times, refused, seconds: (milliseconds() - began) / 1000 };
}

/**
 * Requests at given instants (ms from the start), whether or not earlier ones are answered. A time is counted from the instant that was meant, so
 * that a contender that falls behind is not asked less and does not look faster for it. Resolves with [kind, ms] of each; ms is Infinity where it was refused.
 */
async function openLoop(arrivals, request, agent) {
  const found = [];
  const running = [];
  const began = milliseconds();
  for (const { at, kind } of arrivals) {
    for (let wait = began + at - milliseconds(); wait > 0; wait = began + at - milliseconds()) await new Promise((resolve) => { if (wait > 2) setTimeout(resolve, wait - 1); else setImmediate(resolve); });
    running.push(send(request(kind), agent).then(() => milliseconds() - began - at, () => Infinity).then((time) => { found.push([kind, time]); }));
  }
  await Promise.all(running);
  return found;
}

const sorted = (list) => [...list].sort((one, other) => one - other);
/** Of an even number, the mean of the two in the middle: with two rounds neither is the better one. */
function median(list) {
  const [all, middle] = [sorted(list), (list.length - 1) / 2];
  return (all[Math.floor(middle)] + all[Math.ceil(middle)]) / 2;
}
/** Null of nothing. */
const quantile = (list, share) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? null;
module.exports = { newAgent, send, closedLoop, openLoop, median, quantile };
