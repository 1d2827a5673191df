// From numbers to ECharts options, one function per kind of chart. Formats are described in docs/portal.md.
(() => {
  "use strict";

  const language = () => document.documentElement.lang || "en";
  const number = (options) => new Intl.NumberFormat(language(), options);
  const DAY = () => new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", timeZone: "UTC" });

  function formatter(data, compact) {
    const short = compact ? { notation: "compact", maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
    const styles = {
      money: { style: "currency", currency: data.currency || "USD", ...(compact ? short : { maximumFractionDigits: 0 }) },
      percent: { style: "percent", maximumFractionDigits: 1 },
      number: short,
      ratio: { maximumFractionDigits: 2 },
    };
    const format = number(styles[data.format] || short);
    return (value) => (value === null || value === undefined ? "–" : format.format(value) + (data.format === "ratio" ? "×" : ""));
  }

  const colourOf = (series, index, theme) => theme[series.role] || theme.palette[index % theme.palette.length];

  function axis(theme, more) {
    return {
      axisLine: { show: false }, axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { color: theme.muted, fontFamily: theme.font, fontSize: 12, hideOverlap: true },
      nameTextStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 12 },
      ...more,
    };
  }

  function valueAxis(data, theme, more) {
    return axis(theme, { type: "value", splitNumber: 4, axisLabel: { ...axis(theme).axisLabel, formatter: formatter(data, true) }, ...more });
  }

  function categoryAxis(categories, theme, more) {
    return axis(theme, { type: "category", data: categories, splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: theme.control } }, ...more });
  }

  function frame(data, theme, names) {
    const legend = names.length > 1;
    return {
      textStyle: { fontFamily: theme.font, color: theme.text },
      grid: { left: 4, right: 20, top: legend ? 40 : 16, bottom: data.x_title ? 26 : 4, containLabel: true },
      legend: { show: legend, data: names, top: 0, left: 0, type: "plain", itemWidth: 12, itemHeight: 8, itemGap: 16, icon: "roundRect", textStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 12 } },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, backgroundColor: theme.raised, borderColor: theme.line, borderWidth: 1, padding: [8, 12],
        textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 }, axisPointer: { type: "line", lineStyle: { color: theme.control } },
      },
    };
  }

  const titled = (axisOption, title, gap) => (title ? { ...axisOption, name: title, nameLocation: "middle", nameGap: gap } : axisOption);

  function bars(data, theme) {
    const full = formatter(data, false);
    const short = formatter(data, true);
    const single = data.series.length === 1 || data.series.length * data.categories.length <= 12;
    const categories = categoryAxis(data.categories, theme, data.horizontal ? { inverse: true } : {});
    const values = titled(valueAxis(data, theme), data.y_title, 34);
    const radius = data.horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0];
    return {
      ...frame(data, theme, data.series.map((series) => series.name)),
      xAxis: data.horizontal ? values : categories,
      yAxis: data.horizontal ? categories : values,
      series: data.series.map((series, index) => ({
        type: "bar", name: series.name, data: series.values, stack: data.stacked ? "all" : undefined, barMaxWidth: 22, barGap: "15%", barCategoryGap: "38%",
        itemStyle: { color: colourOf(series, index, theme), borderRadius: data.stacked ? 0 : radius },
        label: { show: single && !data.stacked && !(theme.narrow && !data.horizontal), position: data.horizontal ? "right" : "top", color: theme.muted, fontFamily: theme.font, fontSize: 12, formatter: ({ value }) => short(value) },
        tooltip: { valueFormatter: full },
      })),
    };
  }

  // A band between low and high as one polygon: no stacking tricks, so it is right for any x and for negative values.
  function band(name, points, colour, opacity) {
    const known = points.filter(([, low, high]) => low !== null && high !== null && low !== undefined && high !== undefined);
    return {
      type: "custom", name, silent: true, clip: true, z: 1, data: known, encode: { x: 0, y: [1, 2] }, tooltip: { show: false }, itemStyle: { color: colour },
      renderItem: (params, api) => {
        if (params.dataIndexInside !== 0) return null;
        const upper = known.map(([x, , high]) => api.coord([x, high]));
        const lower = known.map(([x, low]) => api.coord([x, low])).reverse();
        return { type: "polygon", shape: { points: [...upper, ...lower] }, style: { fill: colour, opacity } };
      },
    };
  }

  function axisTooltip(title, format) {
    return (items) => {
      const lines = items.filter((item) => item.seriesType !== "custom").map((item) => `${item.marker} ${item.seriesName}  ${format(item)}`);
      return [title(items[0]), ...lines].join("\n");
    };
  }

  function lines(data, theme) {
    const full = formatter(data, false);
    const day = DAY();
    const option = frame(data, theme, data.series.map((series) => series.name));
    const interval = (series, index) => (series.low && series.low[index] !== null ? ` (${full(series.low[index])} – ${full(series.high[index])})` : "");
    option.tooltip.formatter = axisTooltip(
      (item) => day.format(new Date(item.axisValue)),
      (item) => full(item.value[1]) + interval(data.series.find((series) => series.name === item.seriesName), item.dataIndex),
    );
    const markers = (data.markers || []).map((marker) => ({ xAxis: marker.date, label: { formatter: marker.label } }));
    return {
      ...option,
      xAxis: axis(theme, { type: "time", minInterval: 86_400_000, splitNumber: Math.max(2, Math.floor((theme.width || 480) / 110)), splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: theme.control } }, axisLabel: { ...axis(theme).axisLabel, formatter: (value) => day.format(value) } }),
      yAxis: titled(valueAxis(data, theme, { scale: Boolean(data.scale) }), data.y_title, 40),
      series: data.series.flatMap((series, index) => {
        const colour = colourOf(series, index, theme);
        const line = {
          type: "line", name: series.name, data: data.dates.map((date, at) => [date, series.values[at]]), symbol: "circle", symbolSize: 5, showSymbol: data.dates.length < 2, z: 3,
          lineStyle: { color: colour, width: 2, type: series.role === "target" ? "dashed" : "solid" }, itemStyle: { color: colour },
          markLine: index === 0 && markers.length ? { silent: true, symbol: "none", data: markers, lineStyle: { color: theme.muted, type: "dashed" }, label: { color: theme.muted, fontFamily: theme.font, position: "insideEndTop" } } : undefined,
        };
        return series.low ? [band(series.name, data.dates.map((date, at) => [date, series.low[at], series.high[at]]), colour, 0.16), line] : [line];
      }),
    };
  }

  function waterfallBars(steps) {
    let running = 0;
    return steps.map((step) => {
      const from = step.kind === "total" ? 0 : running;
      running = step.kind === "total" ? step.value : running + step.value;
      return { ...step, from, to: running };
    });
  }

  // Every step is named: in lines as wide as its slot, or slanted where a word is wider than that. 80 px: the value axis; 7 px: a letter.
  function stepLabels(labels, theme) {
    const slot = (theme.width - 80) / labels.length - 6;
    const longestWord = Math.max(...labels.flatMap((label) => label.split(" ")).map((word) => word.length * 7));
    const fitted = longestWord > slot ? { rotate: 40, width: 150, overflow: "truncate" } : { width: Math.min(110, slot), overflow: "break" };
    return { lineHeight: 15, interval: 0, hideOverlap: false, ...fitted };
  }

  function waterfall(data, theme) {
    const short = formatter(data, true);
    const signed = (step) => (step.kind === "change" && step.value > 0 ? "+" : "") + short(step.value);
    const steps = waterfallBars(data.steps);
    const colour = (step, index) => (step.kind === "total" ? (index === 0 ? theme.current : theme.proposed) : step.value < 0 ? theme.bad : theme.good);
    const option = frame(data, theme, []);
    option.tooltip = { ...option.tooltip, trigger: "item", formatter: ({ dataIndex }) => `${steps[dataIndex].label}\n${formatter(data, false)(steps[dataIndex].value)}` };
    const labels = steps.map((step) => step.label);
    return {
      ...option,
      grid: { ...option.grid, top: 28 },
      xAxis: categoryAxis(labels, theme, { axisLabel: { ...axis(theme).axisLabel, ...stepLabels(labels, theme) } }),
      yAxis: titled(valueAxis(data, theme), data.y_title, 44),
      series: [{
        type: "custom", data: steps.map((step, index) => [index, step.from, step.to]), encode: { x: 0, y: [1, 2] },
        renderItem: (params, api) => {
          const step = steps[params.dataIndex];
          const [x, top] = api.coord([params.dataIndex, Math.max(step.from, step.to)]);
          const [, bottom] = api.coord([params.dataIndex, Math.min(step.from, step.to)]);
          const [, end] = api.coord([params.dataIndex, step.to]);
          const slot = api.size([1, 0])[0];
          const width = Math.min(56, slot * 0.62);
          const children = [
            { type: "rect", shape: { x: x - width / 2, y: top, width, height: Math.max(1.5, bottom - top), r: 2 }, style: { fill: colour(step, params.dataIndex) } },
            { type: "text", style: { text: step.kind === "total" || slot >= 40 ? signed(step) : "", x, y: top - 6, align: "center", verticalAlign: "bottom", fill: theme.text, font: `600 ${theme.narrow ? 10 : 12}px ${theme.font}` } },
          ];
          if (params.dataIndex < steps.length - 1) {
            children.push({ type: "line", shape: { x1: x + width / 2, y1: end, x2: x + slot - width / 2, y2: end }, style: { stroke: theme.control, lineWidth: 1 } });
          }
          return { type: "group", children };
        },
      }],
    };
  }

  function marked(curve, colour, theme) {
    const mark = (point, fill) => point && { value: [point.x, point.y], itemStyle: { color: fill, borderColor: colour, borderWidth: 2 } };
    return [mark(curve.current, theme.surface), mark(curve.proposed, colour)].filter(Boolean);
  }

  function response_curves(data, theme) {
    const full = formatter(data, false);
    const names = data.curves.map((curve) => curve.name);
    const option = frame(data, theme, names);
    option.tooltip = { ...option.tooltip, trigger: "item", formatter: ({ seriesName, value, dataIndex, seriesType }) => `${seriesName}${seriesType === "scatter" ? (dataIndex ? " · proposed" : " · current") : ""}\n${data.x_title || "x"}  ${full(value[0])}\n${data.y_title || "y"}  ${full(value[1])}` };
    return {
      ...option,
      xAxis: titled(valueAxis(data, theme, { splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: theme.control } } }), data.x_title, 28),
      yAxis: titled(valueAxis(data, theme), theme.narrow ? "" : data.y_title, 54),
      grid: { ...option.grid, left: data.y_title && !theme.narrow ? 28 : 4 },
      series: data.curves.flatMap((curve, index) => {
        const colour = colourOf(curve, index, theme);
        const series = [
          { type: "line", name: curve.name, data: curve.x.map((x, at) => [x, curve.mean[at]]), showSymbol: false, smooth: 0.2, z: 3, lineStyle: { color: colour, width: 2 }, itemStyle: { color: colour } },
          { type: "scatter", name: curve.name, data: marked(curve, colour, theme), symbolSize: 12, z: 5 },
        ];
        return curve.low ? [band(curve.name, curve.x.map((x, at) => [x, curve.low[at], curve.high[at]]), colour, data.curves.length > 2 ? 0.1 : 0.16), ...series] : series;
      }),
    };
  }

  function frontier(data, theme) {
    const full = formatter(data, false);
    const points = [...data.points].sort((a, b) => a.x - b.x);
    const option = frame(data, theme, []);
    option.tooltip = { ...option.tooltip, trigger: "item", formatter: ({ value }) => `${data.x_title}  ${full(value[0])}\n${data.y_title}  ${full(value[1])}` };
    return {
      ...option,
      xAxis: titled(valueAxis(data, theme, { splitLine: { show: false } }), data.x_title, 28),
      yAxis: titled(valueAxis(data, theme, { scale: true }), theme.narrow ? "" : data.y_title, 54),
      grid: { ...option.grid, left: data.y_title && !theme.narrow ? 28 : 4 },
      series: [{
        type: "line", smooth: 0.2, lineStyle: { color: theme.control, width: 2 },
        data: points.map((point) => ({ value: [point.x, point.y], symbol: "circle", symbolSize: point.role ? 13 : 6, itemStyle: { color: theme[point.role] || theme.control }, label: { show: Boolean(point.label), formatter: point.label, position: "bottom", color: theme.text, fontFamily: theme.font } })),
      }],
    };
  }

  function spark(data, theme) {
    return {
      grid: { left: 0, right: 0, top: 3, bottom: 3 }, xAxis: { type: "category", show: false, boundaryGap: false, data: data.values.map((_, at) => at) }, yAxis: { type: "value", show: false, scale: true },
      series: [{ type: "line", silent: true, showSymbol: false, data: data.values, lineStyle: { color: theme.proposed, width: 1.5 }, areaStyle: { color: theme.proposed, opacity: 0.12 } }],
    };
  }

  const kinds = { bars, lines, waterfall, response_curves, frontier, spark };
  window.portalCharts = { kinds, register: (name, kind) => { kinds[name] = kind; }, formatter };
})();
