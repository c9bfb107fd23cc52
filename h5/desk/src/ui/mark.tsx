import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  InfoCircleOutlined,
  MinusCircleOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

const icons = {
  good: <CheckCircleOutlined aria-hidden />,
  wait: <ClockCircleOutlined aria-hidden />,
  bad: <CloseCircleOutlined aria-hidden />,
  info: <InfoCircleOutlined aria-hidden />,
  still: <MinusCircleOutlined aria-hidden />,
} as const;
export type Tone = keyof typeof icons;

export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`mark ${tone}`}>
      {icons[tone]}
      {children}
    </span>
  );
}
