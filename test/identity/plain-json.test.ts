import fc from 'fast-check';
import { isPlainJson } from '../../src/identity/plain-json';

describe('JSON of one meaning', () => {
  it('is what JSON.stringify writes of anything', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(isPlainJson(text)).toBe(!text.includes('"__proto__":'));
    }), { numRuns: 2000 });
  });
  it.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '[{"b":{"a":1,"c":[],"a":2}}]', '{"__proto__":1}', '{"a":"x","b":"a","a":"b"}', '{"a\\"":1,"a\\u0022":2}'])(
    '%s is not', (text) => { JSON.parse(text); expect(isPlainJson(text)).toBe(false); },
  );
  it.each(['{"a":"a","b":"a"}', '["a","a"]', '{"a":["a","a",{"a":"a"}]}', '"a"', '{"a":"{\\"a\\":1,\\"a\\":2}"}', '{"a":{"b":1},"b":{"a":1}}'])(
    '%s is', (text) => { JSON.parse(text); expect(isPlainJson(text)).toBe(true); },
  );
});
