import { ingredientsOf } from '../../src/labelling/ingredients';

it.each<[string[], string[]]>([
  [['Buprenorphine 8 MG / Naloxone 2 MG Sublingual Film [Suboxone]'], ['buprenorphine', 'naloxone']],
  [['1 ML medroxyPROGESTERone acetate 150 MG/ML Injection'], ['medroxyprogesterone']],
  [['Warfarin Sodium 5 MG', 'fluconazole 150 MG'], ['fluconazole', 'warfarin']],
  [['24 HR Metformin hydrochloride 500 MG', 'Lasix 40mg'], ['furosemide', 'metformin']],
  [['Aspirin 81 MG', 'aspirin'], ['aspirin']],
  [['amoxicillinx', 'Sodium fluoride', ''], []], [[], []],
])('%j', (texts, expected) => expect(ingredientsOf(texts)).toEqual(expected));
