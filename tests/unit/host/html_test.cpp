// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// The HTML page: what it says, and that nothing in a result can become markup.

#include <gtest/gtest.h>

#include <regex>

#include "file.h"
#include "golden.h"
#include "html/escape.h"
#include "html/page.h"

namespace exitscope {
namespace {

Result golden_result() {
    return read_result(read_file(std::string{GOLDEN_FOLDER} + "/ept=1.json"), "ept=1.json");
}

bool has(const std::string& page, std::string_view text) {
    return page.find(text) != std::string::npos;
}

std::size_t count(const std::string& page, const char* pattern) {
    const std::regex expression{pattern};
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator{page.begin(), page.end(), expression}, std::sregex_iterator{}));
}

TEST(Html, HasEachSectionWithAHeading) {
    const std::vector results{golden_result()};
    const auto page = html::page(results);
    for (const auto* const id : {"summary", "table", "charts", "heat", "provenance"}) {
        EXPECT_TRUE(has(page, std::string{"<a href=\"#"} + id + "\">")) << id;
        EXPECT_TRUE(
            has(page, std::string{"<section id=\""} + id + "\" aria-labelledby=\"" + id + "-title\">"))
            << id;
    }
    EXPECT_EQ(count(page, "<h1>"), 1U);
    EXPECT_TRUE(has(page, "<td><span class=\"count\">100</span> EPT_VIOLATION</td>"));
    EXPECT_TRUE(has(page, "<td class=\"h3\">100</td>"));
    EXPECT_TRUE(has(page, "<dt>kernel</dt><dd>" + results.front().host->kernel + "</dd>"));
}

TEST(Html, IsBalancedAndReachesForNothing) {
    const std::vector results{golden_result()};
    const auto page = html::page(results);
    for (const auto* const tag :
         {"table", "section", "article", "div", "tr", "td", "th", "details", "span", "dl"})
        EXPECT_EQ(count(page, (std::string{"<"} + tag + "[ >]").c_str()),
                  count(page, (std::string{"</"} + tag + ">").c_str()))
            << tag;
    EXPECT_EQ(count(page, "<(script|link|img|iframe|object|embed|base)[ >]"), 0U);
    EXPECT_EQ(count(page, "(https?:|url\\(|@import)"), 0U);
    EXPECT_EQ(page, html::page(results));
}

TEST(Html, EveryTableHasACaptionAndEveryHeadingCellAScope) {
    const std::vector results{golden_result()};
    const auto page = html::page(results);
    EXPECT_EQ(count(page, "<table"), count(page, "<caption>"));
    EXPECT_EQ(count(page, "<th[ >]"), count(page, "<th scope="));
}

TEST(Html, NothingOfAResultBecomesMarkup) {
    auto result = golden_result();
    const std::string hostile = "<script>alert(\"1\")</script>'&";
    result.setting = hostile;
    result.paging_by_counts = hostile;
    result.host->kernel = hostile;
    result.host->qemu = hostile;
    result.host->parameters["kvm"][hostile] = hostile;
    result.problems.push_back({Verdict::fail, hostile});
    result.workloads.front().name = hostile;
    result.workloads.front().group = hostile;
    result.workloads.front().message = hostile;
    result.workloads.front().window.reset();
    result.workloads.front().verdict = Verdict::skip;
    const std::vector results{result};
    const auto page = html::page(results);
    EXPECT_FALSE(has(page, "<script"));
    EXPECT_FALSE(has(page, "alert(\""));
    EXPECT_TRUE(has(page, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;"));
}

TEST(Html, EscapesEachSpecialCharacterAndNoOther) {
    EXPECT_EQ(html::escaped("a<b>&\"'c\xc3\xa9"), "a&lt;b&gt;&amp;&quot;&#39;c\xc3\xa9");
    EXPECT_EQ(html::escaped(""), "");
}

TEST(Html, ColumnsAreToldApartByTheKernelIfItDiffers) {
    auto older = golden_result();
    auto newer = older;
    newer.setting = "ept=0";
    const std::vector same{older, newer};
    EXPECT_EQ(html::columns_of(same)[1].title, "ept=0");
    newer.setting = older.setting;
    newer.host->kernel = "6.12.1";
    const std::vector different{older, newer};
    EXPECT_EQ(html::columns_of(different)[1].title, "ept=1 on 6.12.1");
    newer.host.reset();
    const std::vector unknown{older, newer};
    EXPECT_EQ(html::columns_of(unknown)[1].title, "ept=1 on an unknown kernel");
    const std::vector twice{older, older};
    EXPECT_THROW((void)html::columns_of(twice), InputError);
}

TEST(Html, AResultWithoutARunIsAPageToo) {
    const std::vector results{Result{.setting = "npt=0", .verdict = Verdict::crash}};
    EXPECT_TRUE(has(html::page(results), "<p class=\"verdict\">CRASH</p>"));
}

}  // namespace
}  // namespace exitscope
