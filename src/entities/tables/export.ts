import { table } from '../table';

/**
 * A bulk export: whose it is, what was asked for, how far it is (docs/export.md). The row is the truth, the files below EXPORT_DIR follow it: bytes
 * beyond the checkpoint do not count. place: the folder that holds the files; worker, leased_until: who runs it now; failure: an error code.
 */
export const export_job = table({
  name: 'export_job',
  columns: {
    id: 'id', place: 'code', subject: 'id', role: 'code', organization: 'id?', practitioner: 'id?', member_id: 'id?', purpose: 'code', purposes: 'json', grant_id: 'id?', token_id: 'id?',
    request_id: 'code', request: 'json', status: 'code', created_at: 'instant', finished_at: 'instant?', expires_at: 'instant?', members: 'int', progress: 'int',
    worker: 'line?', leased_until: 'instant?', checkpoint: 'longtext', manifest: 'longtext?', failure: 'code?',
  },
  primary: ['id'],
  indices: [['place', 'status', 'created_at'], ['subject', 'status']],
});
