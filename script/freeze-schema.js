// Prints the SQL that makes the tables as src/entities/tables describes them, for both databases, as the text of a migration.
// A new migration starts from here: MYSQL_URL=mysql://… (an empty database) node script/freeze-schema.js > src/entities/migrations/NAME-sql.ts
const { createDataSource } = require('../dist/src/entities/data-source.js');

async function statements(url) {
  const source = createDataSource(url);
  await source.initialize();
  const sql = await source.driver.createSchemaBuilder().log();
  await source.destroy();
  return sql.upQueries.map((each) => each.query);
}

(async () => {
  const list = (name, queries) => `export const ${name}: readonly string[] = [\n${queries.map((each) => `  ${JSON.stringify(each)},`).join('\n')}\n];\n`;
  process.stdout.write(`/** Written by script/freeze-schema.js; never edited after it has landed. */\n${list('INITIAL_SQLITE', await statements('sqlite::memory:'))}`);
  process.stdout.write(list('INITIAL_MARIADB', await statements(process.env.MYSQL_URL)));
})().catch((error) => { console.error(error); process.exitCode = 1; });
