// What a role is called: the words of cases and papers, so that a post is called the same wherever it stands.
import { word } from '../words';

export type Role =
  | 'clerk'
  | 'dispatcher'
  | 'caller'
  | 'handler'
  | 'unit_head'
  | 'leader'
  | 'supervisor'
  | 'auditor'
  | 'system_admin'
  | 'security_admin'
  | 'audit_admin';

export const roleName = (role: string): string => word('role', role);
// Those that an account can have, in the order in which a case meets them; the three administrators last.
export const assignableRoles: Role[] = [
  'clerk',
  'dispatcher',
  'caller',
  'handler',
  'unit_head',
  'leader',
  'supervisor',
  'auditor',
  'system_admin',
  'security_admin',
  'audit_admin',
];
