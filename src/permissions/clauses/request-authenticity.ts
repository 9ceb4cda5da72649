import { clause } from '../core/clause';

/** Notice: "Your Rights Regarding Your PHI" (the ways in which a request is made). */
export const requestAuthenticity = clause({
  id: 'request-authenticity',
  title: 'Authenticity of requests',
  citation: '45 CFR 164.514(h); 164.524(b)(1); 164.526(b)(1)',
  summary: 'A request counts when it comes in writing by a way that confirms who asks; an attorney asks on paper or by confirmed e-mail alone.',
  purposes: [],
  reading: 'A request that is not authentic is recorded as such and binds nobody. Only the privacy office can state that paper, e-mail or support confirmed an identity; a member\'s own call is confirmed by its token.',
});
