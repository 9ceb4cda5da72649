import { createDataSource } from './src/entities/data-source';

/** TypeORM's own tools find the data source here: `typeorm -d dist/ormconfig.js migration:show`. */
export default createDataSource(process.env.DATABASE_URL ?? 'sqlite:./data/gateway.db');
