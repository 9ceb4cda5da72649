// The hand-written SQL on MariaDB as prepared statements: what raw and the peers that put the policy into SQL run.
const mysql = require('mysql2');
const policy = require('./policy-sql');

const pool = mysql.createPool({ uri: process.env.BENCH_URL, connectionLimit: 10, dateStrings: true });
const rows = (sql, values) => new Promise((resolve, reject) => pool.execute({ sql, values, rowsAsArray: true }, (error, found) => (error ? reject(error) : resolve(found))));
const records = (key, rule, ids, now) => rows(policy.recordsSql(key, rule, ids), [...ids, ...policy.ruleValues(policy.TYPES[key].type, now)]);
module.exports = { ...policy, rows, records };
