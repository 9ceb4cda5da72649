// CPU time as the kernel counts it (/proc/PID/stat, Linux), in milliseconds: it tells what work was done, however busy the machine is.
const { readFileSync } = require('node:fs');

const TICK = 10;
function fieldsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').map(Number);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return [];
    throw error;
  }
}

/** Of a process, of its living children, and of those that it has seen end: PostgreSQL has a process for every connection. 0 for one that is not here. */
function cpuOf(pid) {
  const fields = fieldsOf(pid);
  if (!fields) return 0;
  const [user, system, userOfEnded, systemOfEnded] = fields.slice(11, 15);
  return childrenOf(pid).reduce((sum, child) => sum + cpuOf(child), (user + system + userOfEnded + systemOfEnded) * TICK);
}
module.exports = { cpuOf };
