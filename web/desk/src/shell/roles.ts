// What a role is called.
import { sentencesOf } from '../i18n';

const chinese = {
  anyone: '无岗位',
  speaker: '群众',
  clerk: '接待员',
  dispatcher: '转办员',
  caller: '回访员',
  handler: '承办人',
  unit_head: '单位负责人',
  leader: '县领导',
  supervisor: '督查员',
  auditor: '审计员',
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
  system: '系统',
};
const english: Record<keyof typeof chinese, string> = {
  anyone: 'nobody',
  speaker: 'speaker',
  clerk: 'clerk',
  dispatcher: 'dispatcher',
  caller: 'caller',
  handler: 'handler',
  unit_head: 'head of unit',
  leader: 'leader',
  supervisor: 'supervisor',
  auditor: 'auditor',
  system_admin: 'system administrator',
  security_admin: 'security administrator',
  audit_admin: 'audit administrator',
  system: 'system',
};
const t = sentencesOf({ 'zh-CN': chinese, en: english });

export type Role = keyof typeof chinese;
export const roleName = (role: string): string => t(role as Role);
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
