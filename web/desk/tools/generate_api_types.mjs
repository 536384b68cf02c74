// Makes src/api/schema.d.ts from the contract, api/openapi.yaml.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../../api/openapi.yaml', import.meta.url);
const types = new URL('../src/api/schema.d.ts', import.meta.url);

const text = `// Generated from api/openapi.yaml by "npm run generate"; do not edit.\n${astToString(await openapiTS(contract))}`;
const before = existsSync(types) ? await readFile(types, 'utf8') : '';
if (before !== text) await writeFile(types, text);
