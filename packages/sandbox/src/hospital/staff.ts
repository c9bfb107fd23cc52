import {
  type HealthcareService,
  type Location,
  type Organization,
  type Practitioner,
  type PractitionerRole,
  type Resource,
  refTo,
  type Schedule,
  specialtySystem,
} from "./resources.ts";

const meta = { versionId: "1", lastUpdated: "2026-01-01T00:00:00.000Z" };

type House = {
  id: string;
  name: string;
  address: string;
  departments: readonly (readonly [code: string, name: string, where: string, goodAt: string])[];
};

/** Two fictional houses of one fictional county; codes as in 医疗机构诊疗科目名录. */
const houses: readonly House[] = [
  {
    id: "county",
    name: "示例县人民医院",
    address: "示例县城关镇健康路 1 号",
    departments: [
      ["03.01", "呼吸内科", "门诊楼二楼东", "咳嗽、气喘"],
      ["03.02", "消化内科", "门诊楼二楼西", "胃病、肠病"],
      ["03.04", "心血管内科", "门诊楼二楼中", "高血压、心慌"],
      ["04", "外科", "门诊楼三楼东", "伤口、疝气"],
      ["04.03", "骨科", "门诊楼一楼西", "骨折、腰腿痛"],
      ["05", "妇产科", "门诊楼三楼西", "孕期检查"],
      ["07", "儿科", "门诊楼一楼东", "孩子发烧、咳嗽"],
      ["10", "眼科", "门诊楼四楼东", "白内障、近视"],
      ["11", "耳鼻咽喉科", "门诊楼四楼西", "鼻炎、耳鸣"],
      ["12", "口腔科", "门诊楼五楼", "补牙、镶牙"],
      ["13", "皮肤科", "门诊楼四楼中", "湿疹、皮炎"],
    ],
  },
  {
    id: "qingxi",
    name: "清溪镇卫生院",
    address: "示例县清溪镇卫生路 6 号",
    departments: [
      ["02", "全科医疗科", "一楼", "常见病、慢性病开药"],
      ["50", "中医科", "二楼", "针灸、推拿"],
    ],
  },
];
const surnames = [..."赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"];
const given = ["春分", "清和", "立夏", "小满", "芒种", "夏至", "白露", "秋分", "霜降", "冬至", "雨水", "谷雨"];
const titles = ["主任医师", "副主任医师", "主治医师", "住院医师"];

export type Doctor = {
  schedule: Schedule;
  role: PractitionerRole;
  service: HealthcareService;
  rank: number;
  n: number;
};

/** Departments and their two to four doctors: the same at every start. */
export function staff(): { resources: Resource[]; doctors: Doctor[] } {
  const resources: Resource[] = [];
  const doctors: Doctor[] = [];
  for (const { id: house, name: houseName, address, departments } of houses) {
    const organization: Organization = { resourceType: "Organization", id: house, meta, name: houseName, active: true };
    const location: Location = {
      resourceType: "Location",
      id: house,
      meta,
      status: "active",
      name: houseName,
      address: { text: address },
    };
    resources.push(organization, location);
    for (const [at, [code, name, where, goodAt]] of departments.entries()) {
      const id = `${house}-${code}`;
      const service: HealthcareService = {
        resourceType: "HealthcareService",
        id,
        meta,
        active: true,
        providedBy: refTo(organization, houseName),
        name,
        specialty: [{ coding: [{ system: specialtySystem, code }] }],
        location: [refTo(location, where)],
      };
      resources.push(service);
      for (let rank = 0; rank < 2 + (at % 3); rank++) {
        const n = doctors.length;
        const doctorName = `${surnames[(n * 7) % surnames.length]}${given[(n * 5) % given.length]}`;
        const practitioner: Practitioner = {
          resourceType: "Practitioner",
          id: `${id}-p${rank + 1}`,
          meta,
          active: true,
          name: [{ text: doctorName }],
        };
        const role: PractitionerRole = {
          resourceType: "PractitionerRole",
          id: `${id}-r${rank + 1}`,
          meta,
          active: true,
          practitioner: refTo(practitioner),
          organization: refTo(organization, houseName),
          healthcareService: [refTo(service, name)],
          code: [{ text: titles[Math.min(rank + (at % 2), 3)] ?? "" }],
          specialty: [{ text: goodAt }],
        };
        const schedule: Schedule = {
          resourceType: "Schedule",
          id: `${id}-s${rank + 1}`,
          meta,
          active: true,
          actor: [refTo(role, doctorName), refTo(service, name)],
        };
        resources.push(practitioner, role, schedule);
        doctors.push({ schedule, role, service, rank, n });
      }
    }
  }
  return { resources, doctors };
}
