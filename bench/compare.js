// All contenders give the same answer, or the bench does not begin: who answers something else is no contender.
const { createHash } = require('node:crypto');
const { newAgent, send } = require('./load');

const isObject = (value) => value !== null && typeof value === 'object';
const inOrder = (value) => (Array.isArray(value) ? value.map(inOrder) : isObject(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, inOrder(value[key])])) : value);

/** What of an answer is compared: the rows; cursors are sealed anew each time, and who has nothing to withhold says nothing of it. */
function dataOf(text, translate = (data) => data) {
  const data = translate(JSON.parse(text).data);
  if (data.members) delete data.members.pageInfo;
  return data;
}
const hashOf = (data) => createHash('sha256').update(JSON.stringify(inOrder(data))).digest('hex');

/** Asks everyone for every operation, Q1 for several members. @throws naming the operation and who answers otherwise than raw */
async function compareAnswers(contenders, operations, ids) {
  const agent = newAgent(1);
  const compared = contenders.filter((each) => !each.showsMore);
  for (const name of Object.keys(operations)) for (const id of name === 'Q1' ? ids : ids.slice(0, 1)) {
    const hashes = [];
    for (const each of compared) hashes.push(hashOf(dataOf(await send(each.ask(name, id), agent, true), each.translate)));
    const odd = compared.filter((_, place) => hashes[place] !== hashes[0]);
    if (odd.length > 0) throw new Error(`${name} of ${id}: ${odd.map((each) => each.name).join(', ')} answer otherwise than ${compared[0].name}`);
  }
  agent.destroy();
}
module.exports = { compareAnswers, dataOf };
