import {
  Button,
  Checkbox,
  CheckboxGroup,
  CustomWrapper,
  Form,
  Input,
  Label,
  Radio,
  RadioGroup,
  RichText,
  Slider,
  Swiper,
  SwiperItem,
  Text,
  Textarea,
  View,
} from "@tarojs/components";
import Taro, { useReady } from "@tarojs/taro";
import { useState } from "react";
import { isAlipay, reason } from "../../platform";

export default function Forms() {
  const [out, setOut] = useState("");
  const [radio, setRadio] = useState("a");
  const [checks, setChecks] = useState<string[]>([]);
  const [slider, setSlider] = useState(0);
  const [slide, setSlide] = useState(0);
  const [wrapped, setWrapped] = useState(0);
  const [measured, setMeasured] = useState("");
  const [modal, setModal] = useState("");
  const [rows, setRows] = useState(0);
  useReady(() => {
    Taro.createSelectorQuery()
      .select("#box")
      .boundingClientRect((rect) =>
        setMeasured(rect && !Array.isArray(rect) ? `高 ${Math.round(rect.height)}` : "没有"),
      )
      .exec();
  });
  const longPress = () => setOut("长按");
  return (
    <View>
      <View id="box" style={{ height: "120px" }}>
        {measured}
      </View>
      <Form onSubmit={(e) => setOut(JSON.stringify(e.detail.value))}>
        <Input id="name" name="name" />
        <Textarea id="memo" name="memo" />
        <Button id="submit" formType="submit">
          提交
        </Button>
      </Form>
      <Text id="out">{out}</Text>
      <RadioGroup id="rg" onChange={(e) => setRadio(e.detail.value)}>
        {["a", "b"].map((x) => (
          <Label key={x}>
            <Radio id={`r-${x}`} value={x} checked={radio === x} />
            {x}
          </Label>
        ))}
      </RadioGroup>
      <Text id="rout">{radio}</Text>
      <CheckboxGroup onChange={(e) => setChecks(e.detail.value)}>
        {["x", "y"].map((x) => (
          <Checkbox key={x} id={`c-${x}`} value={x} checked={checks.includes(x)}>
            {x}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Text id="cout">{checks.join(",")}</Text>
      <Slider id="sl" value={slider} onChange={(e) => setSlider(e.detail.value)} />
      <Text id="sout">{slider}</Text>
      <Swiper id="swp" current={slide} onChange={(e) => setSlide(e.detail.current)}>
        <SwiperItem>
          <Text id="s0">第一张</Text>
        </SwiperItem>
        <SwiperItem>
          <Text id="s1">第二张</Text>
        </SwiperItem>
      </Swiper>
      <Text id="swout">{slide}</Text>
      <CustomWrapper>
        <View>
          <Text id="w">包着 {wrapped}</Text>
          <Button id="winc" onClick={() => setWrapped(wrapped + 1)}>
            包着加一
          </Button>
        </View>
      </CustomWrapper>
      <Button id="dis" disabled onClick={() => setOut("不该发生")}>
        不能点
      </Button>
      <Button
        id="modal"
        onClick={async () => setModal((await Taro.showModal({ title: "确定？", content: "？" })).confirm ? "是" : "否")}
      >
        询问
      </Button>
      <Text id="mout">{modal}</Text>
      <Button
        id="sheet"
        onClick={() =>
          Taro.showActionSheet({ itemList: ["甲", "乙"] }).then(
            (r) => setModal(String(r.tapIndex ?? (r as { index?: number }).index)),
            (error) => setModal(reason(error)),
          )
        }
      >
        选择
      </Button>
      <Button id="sub" onClick={() => Taro.navigateTo({ url: "/pkg/device/index?a=1" })}>
        分包
      </Button>
      <Button id="tab" onClick={() => Taro.switchTab({ url: "/pages/index/index" })}>
        回首页
      </Button>
      <Button
        id="bad"
        onClick={() => Taro.navigateTo({ url: "/pages/nope/index" }).catch((error) => setOut(reason(error)))}
      >
        没有的页
      </Button>
      <Button id="big" onClick={() => setRows(rows ? 0 : 500)}>
        很多行
      </Button>
      <View id="biglist">
        {Array.from({ length: rows }, (_, i) => (
          <View key={i} className="bi">
            <Text>行 {i}</Text>
          </View>
        ))}
      </View>
      <RichText id="rt" nodes="<p>富 <b>文本</b></p>" />
      <View id="long" {...(isAlipay ? { onLongTap: longPress } : { onLongPress: longPress })}>
        长按我
      </View>
    </View>
  );
}
