/** The front door of cases: what was raised, whoever raised it and whatever it is about, and how it is handled. */
export {
  type CasesDeps,
  caseScope,
  type Looks,
  type Names,
  type Recorded,
  type RoomDeps,
  type Spoken,
  type Subject,
  type Subjects,
} from "./deps.ts";
export { caseTicks, recomputeDeadlines, type TickDeps } from "./jobs.ts";
export { casesRoom } from "./router.ts";
export { type Act, actOn, needFitWords } from "./service.act.ts";
export { loadCalendar } from "./service.calendar.ts";
export { caseFaces, caseSteps, facesOf } from "./service.faces.ts";
export { forgetCases, unsettledCases } from "./service.forget.ts";
export { caseGlimpses } from "./service.glimpse.ts";
export { casesHolding } from "./service.holding.ts";
export { caseLive } from "./service.live.ts";
export { keepTime, watchTime } from "./service.time.ts";
export {
  type By,
  isSame,
  move,
  type Raised,
  raise,
  recordedInOffice,
  recordedStep,
  reword,
  type Step,
  stepSent,
} from "./service.ts";
export { waitingCases } from "./service.waiting.ts";
export { type Writing, writingIn } from "./service.writing.ts";
export { type CaseRow, fileBeside, lockBySubject } from "./store.ts";
export { type CaseFace, goneName, hiddenName, nameKey, type StepOnWire, type Writer } from "./view.ts";
