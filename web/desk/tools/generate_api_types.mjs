// Makes src/api/schema.d.ts from the contract, api/openapi.yaml. Without the contract the committed file stands.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../../api/openapi.yaml', import.meta.url);
const types = new URL('../src/api/schema.d.ts', import.meta.url);

if (!existsSync(contract)) {
  console.log('api/openapi.yaml is not there: the types in src/api/schema.d.ts stay as they are.');
} else {
  const text = `// Generated from api/openapi.yaml by "npm run generate"; do not edit.\n${astToString(await openapiTS(contract))}`;
  const before = existsSync(types) ? await readFile(types, 'utf8') : '';
  if (before !== text) {
    await writeFile(types, text);
    console.log('src/api/schema.d.ts has been made anew from api/openapi.yaml.');
  }
}
